package dev.gatehouse.it;

import java.nio.file.Path;
import java.util.Set;

/**
 * A running gateway under test, whatever carries it. Immutable.
 *
 * @param httpPort local port of frontend port 80
 * @param extraPort local port of frontend port 8080
 * @param httpsPort local port of frontend port 443
 * @param backends what it forwards to
 * @param limits what this home cannot do
 * @param adminPort port of the admin address; 0 if it is off
 * @param directory where its files are
 */
record Home(
        int httpPort,
        int extraPort,
        int httpsPort,
        Backends backends,
        Set<KnownLimit> limits,
        int adminPort,
        Path directory) {
    /** One whose admin address is off. */
    Home(int httpPort, int extraPort, int httpsPort, Backends backends, Set<KnownLimit> limits) {
        this(httpPort, extraPort, httpsPort, backends, limits, 0, Path.of(""));
    }

    /** Writes its files; the gateway's is returned. */
    Path writeFiles() {
        return backends.writeFiles(directory, httpPort, extraPort, httpsPort, adminPort);
    }
}
