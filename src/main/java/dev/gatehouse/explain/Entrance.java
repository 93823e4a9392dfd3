package dev.gatehouse.explain;

import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.ListenSettings;
import dev.gatehouse.model.RequestRoutingRule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The local socket that a URL leads to. Its port is a frontend port, as clients in Azure use it; only if there is none
 * of that number it is a port that {@code listen.ports} opens on this machine. Immutable.
 *
 * @param socket the local socket
 * @param listener a listener on it: all of one socket speak the same protocol (REQ-1)
 * @param isFrontendPort whether the URL's port is the frontend's, not the local one
 * @param others frontends that the URL could mean as well
 */
record Entrance(ListenAddress socket, HttpListener listener, boolean isFrontendPort, List<String> others) {
    Entrance {
        others = List.copyOf(others);
    }

    /** The socket; empty if nothing listens on the URL's port. */
    static Optional<Entrance> of(DescribedRequest request, GatewayConfiguration configuration)
            throws DescriptionException {
        List<HttpListener> served = listeners(configuration.gateway());
        if (request.frontend().isPresent()) {
            served = of(request.frontend().get(), served);
        }
        int port = request.parsed().port();
        ListenSettings listen = configuration.local().listen();
        List<HttpListener> found =
                filter(served, listener -> listener.frontendPort().port() == port);
        boolean isFrontendPort = !found.isEmpty();
        if (!isFrontendPort) {
            found = filter(served, listener -> listen.addressOf(listener).port() == port);
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(choose(found, isFrontendPort, request, listen));
    }

    private static List<HttpListener> listeners(Gateway gateway) {
        return gateway.requestRoutingRules().stream()
                .map(RequestRoutingRule::httpListener)
                .distinct()
                .toList();
    }

    private static List<HttpListener> of(String frontend, List<HttpListener> served) throws DescriptionException {
        List<HttpListener> found =
                filter(served, listener -> frontendOf(listener).equalsIgnoreCase(frontend));
        if (found.isEmpty()) {
            String known = served.stream().map(Entrance::frontendOf).distinct().collect(Collectors.joining(", "));
            throw new DescriptionException(
                    "no rule listens on a frontend \"" + frontend + "\" (known: " + known + ").");
        }
        return found;
    }

    // An address in the URL names its frontend; next best is one that speaks the URL's protocol.
    private static Entrance choose(
            List<HttpListener> found, boolean isFrontendPort, DescribedRequest request, ListenSettings listen) {
        String host = request.parsed().bareHost().toLowerCase(Locale.ROOT);
        List<HttpListener> best = preferring(
                found,
                listener -> host.equals(privateAddressOf(listener))
                        || host.equals(listen.addressOf(listener).address()));
        best = preferring(
                best, listener -> listener.protocol() == request.parsed().protocol());
        HttpListener taken = best.get(0);
        ListenAddress socket = listen.addressOf(taken);
        List<String> others = found.stream()
                .filter(listener -> !listen.addressOf(listener).equals(socket))
                .map(Entrance::frontendOf)
                .distinct()
                .toList();
        return new Entrance(socket, taken, isFrontendPort, others);
    }

    private static List<HttpListener> preferring(List<HttpListener> all, Predicate<HttpListener> wanted) {
        List<HttpListener> some = filter(all, wanted);
        return some.isEmpty() ? all : some;
    }

    private static List<HttpListener> filter(List<HttpListener> all, Predicate<HttpListener> wanted) {
        return all.stream().filter(wanted).toList();
    }

    static String frontendOf(HttpListener listener) {
        return listener.frontendIpConfiguration().name();
    }

    private static String privateAddressOf(HttpListener listener) {
        String address = listener.frontendIpConfiguration().privateIpAddress();
        return address == null ? "" : address;
    }
}
