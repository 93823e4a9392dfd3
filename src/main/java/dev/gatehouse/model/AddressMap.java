package dev.gatehouse.model;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the backends of Azure's network really are ({@code addresses} of the local file): the first entry that fits
 * decides. Changes only where a connection is made to, never a Host header or a server name. Immutable.
 *
 * @param entries in file order
 */
public record AddressMap(List<Entry> entries) {
    /** Every backend is where the gateway file says. */
    public static final AddressMap NONE = new AddressMap(List.of());

    public AddressMap {
        entries = List.copyOf(entries);
    }

    /**
     * The address to dial for a backend.
     *
     * @param host the backend's FQDN or IP literal
     * @param port the backend's port
     * @return the address of the first entry that fits, or the backend's own
     */
    public BackendAddress dial(String host, int port) {
        return entryFor(host, port).map(entry -> entry.dial(port)).orElseGet(() -> new BackendAddress(host, port));
    }

    /**
     * The entry that decides where a backend is.
     *
     * @param host the backend's FQDN or IP literal
     * @param port the backend's port
     * @return the first that fits; empty if the backend is where the gateway file says
     */
    public Optional<Entry> entryFor(String host, int port) {
        return entries.stream().filter(entry -> entry.fits(host, port)).findFirst();
    }

    /**
     * One line of the map. Immutable.
     *
     * @param pattern exact host, {@code host:port}, {@code *.suffix} or CIDR block
     * @param to where to connect instead; without a port the backend's port is kept
     */
    public record Entry(String pattern, BackendAddress to) {
        public Entry {
            Checks.named("addresses", pattern);
            pattern = pattern.toLowerCase(Locale.ROOT);
            if (pattern.indexOf('/') >= 0) {
                block(pattern);
            }
        }

        BackendAddress dial(int port) {
            Integer mappedPort = to.port();
            return new BackendAddress(to.host(), mappedPort == null ? port : mappedPort);
        }

        boolean fits(String host, int port) {
            String name = host.toLowerCase(Locale.ROOT);
            if (pattern.indexOf('/') >= 0) {
                return HostText.isIpLiteral(name) && contains(pattern, literal(name));
            }
            if (pattern.startsWith("*.")) {
                return name.length() > pattern.length() - 1 && name.endsWith(pattern.substring(1));
            }
            return pattern.equals(name) || pattern.equals(HostText.join(name, port));
        }

        private static boolean contains(String pattern, InetAddress address) {
            InetAddress base = block(pattern);
            byte[] own = base.getAddress();
            byte[] other = address.getAddress();
            if (own.length != other.length) {
                return false;
            }
            int shift = own.length * 8 - Integer.parseInt(pattern.substring(pattern.indexOf('/') + 1));
            return new BigInteger(1, own).shiftRight(shift).equals(new BigInteger(1, other).shiftRight(shift));
        }

        private static InetAddress block(String pattern) {
            int slash = pattern.indexOf('/');
            String base = pattern.substring(0, slash);
            String length = pattern.substring(slash + 1);
            if (!HostText.isIpLiteral(base) || !length.matches("\\d{1,3}")) {
                throw new IllegalArgumentException("addresses: " + pattern + " (expected: address/length)");
            }
            InetAddress address = literal(base);
            Checks.inRange("addresses", Integer.parseInt(length), 0, address.getAddress().length * 8);
            return address;
        }

        private static InetAddress literal(String text) {
            try {
                return InetAddress.getByName(text); // a literal is never looked up
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("addresses: " + text + " (expected: an IP address)", e);
            }
        }
    }
}
