package dev.gatehouse.admin;

import dev.gatehouse.model.HostText;
import dev.gatehouse.model.ListenAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin address, compared with the sockets that requests come in by. Immutable.
 *
 * @param listen as configured
 * @param addresses what its host stands for; none if it cannot be resolved, and then no request is for it
 */
record AdminAddress(ListenAddress listen, Set<InetAddress> addresses) {
    private static final Logger LOG = LoggerFactory.getLogger(AdminAddress.class);

    AdminAddress {
        addresses = Set.copyOf(addresses);
    }

    /** Looks a host name up; an IP address is taken as it is. */
    static AdminAddress of(ListenAddress listen) {
        try {
            return new AdminAddress(listen, Set.of(InetAddress.getAllByName(listen.address())));
        } catch (UnknownHostException e) {
            LOG.error("the admin address {} has no IP address: nobody reaches it", listen);
            return new AdminAddress(listen, Set.of());
        }
    }

    /** Whether a request came in by this address. */
    boolean takes(HttpServletRequest request) {
        return request.getLocalPort() == listen.port()
                && (addresses.stream().anyMatch(InetAddress::isAnyLocalAddress)
                        || literal(request.getLocalAddr(), addresses));
    }

    /** Whether nobody but this machine can connect to it. */
    boolean isLoopback() {
        return addresses.stream().allMatch(InetAddress::isLoopbackAddress);
    }

    /** Whether the other end of a request's connection is on this machine. */
    static boolean isLocal(HttpServletRequest request) {
        String client = request.getRemoteAddr();
        try {
            return HostText.isIpLiteral(client) && InetAddress.getByName(client).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    // Text is no use here: an IPv6 address has several spellings.
    private static boolean literal(String address, Set<InetAddress> among) {
        try {
            return HostText.isIpLiteral(address) && among.contains(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
