package dev.gatehouse.it;

import java.util.Set;

/**
 * A running gateway under test, whatever carries it. Immutable.
 *
 * @param httpPort local port of frontend port 80
 * @param extraPort local port of frontend port 8080
 * @param httpsPort local port of frontend port 443
 * @param backends what it forwards to
 * @param limits what this home cannot do
 */
record Home(int httpPort, int extraPort, int httpsPort, Backends backends, Set<KnownLimit> limits) {}
