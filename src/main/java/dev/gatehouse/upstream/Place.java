package dev.gatehouse.upstream;

import dev.gatehouse.model.AddressMap;
import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.Target;
import java.util.List;

/**
 * Where a member of a pool is: equal for what is the same member in two configurations. Immutable.
 *
 * @param address the member as configured; its host is what logs, reports and host rules name
 * @param port its port: the member's own or that of the settings
 * @param dialHost FQDN or IP literal connections are made to, after the local address map
 * @param dialPort port connections are made to
 */
public record Place(BackendAddress address, int port, String dialHost, int dialPort) {
    private static Place of(BackendAddress address, BackendHttpSettings settings, AddressMap addresses) {
        Integer own = address.port();
        int port = own == null ? settings.port() : own;
        BackendAddress dial = addresses.dial(address.host(), port);
        Integer mapped = dial.port();
        return new Place(address, port, dial.host(), mapped == null ? port : mapped);
    }

    /**
     * The members of a pair.
     *
     * @param pair pool and settings
     * @param addresses where members really are
     * @return in file order
     */
    public static List<Place> of(Target.Forward pair, AddressMap addresses) {
        return pair.pool().backendAddresses().stream()
                .map(address -> of(address, pair.settings(), addresses))
                .distinct()
                .toList();
    }

    /** Whether it is looked up. */
    boolean isNamed() {
        return !HostText.isIpLiteral(dialHost);
    }

    @Override
    public String toString() {
        return HostText.join(address.host(), port);
    }
}
