package dev.gatehouse.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells whether a name has an address. Thread-safe. */
@FunctionalInterface
public interface NameResolver {
    /**
     * Asks the machine's own resolver, which may take as long as it likes.
     *
     * @return a resolver
     */
    static NameResolver system() {
        return name -> {
            try {
                InetAddress.getAllByName(name);
                return true;
            } catch (UnknownHostException e) {
                return false;
            }
        };
    }

    /**
     * Looks a name up.
     *
     * @param name a host name, never an IP address
     * @return whether it has an address now
     */
    boolean resolves(String name);
}
