package dev.gatehouse.admin;

import dev.gatehouse.exchange.ServletRequestView;
import dev.gatehouse.model.HostText;
import dev.gatehouse.routing.RequestHost;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages away from the admin address. A page that an operator has open can send requests to this machine, and
 * by a name of its own that resolves to this machine it can read the answers (DNS rebinding): so the Host must be one
 * that no page can own, and what acts must not come from a page of another origin. Stateless.
 */
final class AdminGuard {
    private static final Set<String> OTHER_SITES = Set.of("cross-site", "same-site");

    private AdminGuard() {}

    /**
     * Judges a request.
     *
     * @param acts whether it changes something or makes the gateway send something
     * @return why it is refused, one sentence; empty if it is not
     */
    static Optional<String> objection(AdminAddress address, HttpServletRequest request, boolean acts) {
        Optional<String> objection = hostObjection(address, request);
        return objection.isPresent() || !acts ? objection : actObjection(address, request);
    }

    private static Optional<String> hostObjection(AdminAddress address, HttpServletRequest request) {
        List<String> all = Collections.list(request.getHeaders("Host"));
        @Nullable String host = host(request);
        if (all.size() > 1) {
            return Optional.of("The request has several Host headers.");
        }
        if (host == null) {
            return Optional.empty(); // HTTP/1.0: every browser sends one
        }
        boolean isKnown = RequestHost.of(host)
                .filter(name -> name.startsWith("[")
                        || HostText.isIpLiteral(name)
                        || name.equals("localhost")
                        || name.equalsIgnoreCase(address.listen().address()))
                .isPresent();
        return isKnown
                ? Optional.empty()
                : Optional.of("The Host is neither an IP address, nor localhost, nor the host of admin.listen ("
                        + address.listen().address() + "): any web site could have made up such a name.");
    }

    private static @Nullable String host(HttpServletRequest request) {
        return new ServletRequestView(request).header("Host");
    }

    private static Optional<String> actObjection(AdminAddress address, HttpServletRequest request) {
        if (!address.isLoopback() && !AdminAddress.isLocal(request)) {
            return Optional.of("The admin address " + address.listen() + " is open to other machines, so that calls"
                    + " which act are taken from this machine alone.");
        }
        if (Collections.list(request.getHeaders("Sec-Fetch-Site")).stream()
                .map(site -> site.strip().toLowerCase(Locale.ROOT))
                .anyMatch(OTHER_SITES::contains)) {
            return Optional.of("The request comes from a web page of another site (Sec-Fetch-Site).");
        }
        boolean isOwnOrigin =
                Collections.list(request.getHeaders("Origin")).stream().allMatch(origin -> isOwn(origin, request));
        return isOwnOrigin
                ? Optional.empty()
                : Optional.of("The request comes from a web page of another origin than this address (Origin).");
    }

    private static boolean isOwn(String origin, HttpServletRequest request) {
        @Nullable String host = host(request);
        int end = origin.indexOf("://");
        return host != null
                && end > 0
                && withPort(origin.substring(end + 3), origin.substring(0, end))
                        .equals(withPort(host, request.getScheme()));
    }

    private static String withPort(String authority, String scheme) {
        String folded = authority.strip().toLowerCase(Locale.ROOT);
        boolean hasPort = folded.lastIndexOf(':') > folded.lastIndexOf(']');
        return hasPort ? folded : folded + (scheme.equalsIgnoreCase("https") ? ":443" : ":80");
    }
}
