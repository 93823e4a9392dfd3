package dev.gatehouse.admin;

import dev.gatehouse.document.Wording;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.observe.Metrics;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what comes in by the admin address (product.md section 4) and lets everything else pass as it is: so nothing of
 * it is reachable through a listener, and no traffic is served by it. Must be the first filter. Thread-safe.
 */
public final class AdminFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(AdminFilter.class);
    private static final String ONE_SESSION = SessionsCall.PATH + "{id}";
    private static final String BACKEND_HEALTH = "/backend-health";

    /** What one method of one path does. */
    @FunctionalInterface
    private interface Call {
        AdminAnswer answer(HttpServletRequest request) throws IOException, BadCallException;
    }

    private final transient Supplier<Optional<ListenAddress>> configured;
    private final transient Map<String, Map<String, Call>> calls = new LinkedHashMap<>();
    private transient volatile @Nullable AdminAddress known;

    /**
     * Creates the filter.
     *
     * @param address where the admin address is bound now, with the port that it really has; empty if there is none
     * @param live the running gateway
     * @param reloads reads the configuration again
     * @param probing sends probes on demand
     * @param sessions has the WebSocket sessions
     * @param metrics has all numbers
     */
    public AdminFilter(
            Supplier<Optional<ListenAddress>> address,
            LiveGateway live,
            Reloads reloads,
            OnDemandProbing probing,
            LiveSessions sessions,
            Metrics metrics) {
        this.configured = address;
        HealthCall health = new HealthCall(live);
        BackendHealthCall backendHealth = new BackendHealthCall(live, probing);
        ReloadCall reload = new ReloadCall(reloads);
        calls.put("/health/live", Map.of("GET", request -> HealthCall.live()));
        calls.put("/health/ready", Map.of("GET", request -> health.ready()));
        calls.put(BACKEND_HEALTH, Map.of("GET", backendHealth::get, "POST", backendHealth::post));
        calls.put("/reload", Map.of("POST", request -> reload.post()));
        calls.put("/metrics", Map.of("GET", new MetricsCall(metrics)::get));
        SessionsCall session = new SessionsCall(sessions);
        calls.put("/sessions", Map.of("GET", session::list));
        calls.put(ONE_SESSION, Map.of("GET", session::one, "DELETE", session::end));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<ListenAddress> address = configured.get();
        if (address.isEmpty() || address.get().port() != request.getLocalPort()) {
            chain.doFilter(request, response); // all traffic of listeners, nearly always
            return;
        }
        AdminAddress own = resolved(address.get());
        if (own.takes(request)) {
            answer(own, request).send(response, !"HEAD".equals(request.getMethod()));
        } else {
            chain.doFilter(request, response);
        }
    }

    // A host name is looked up once, not for every request.
    private AdminAddress resolved(ListenAddress address) {
        @Nullable AdminAddress last = known;
        if (last != null && last.listen().equals(address)) {
            return last;
        }
        AdminAddress fresh = AdminAddress.of(address);
        known = fresh;
        return fresh;
    }

    private AdminAnswer answer(AdminAddress own, HttpServletRequest request) throws IOException {
        try {
            Optional<String> objection = AdminGuard.objection(own, request, acts(request));
            return objection.isPresent() ? refused(request, objection.get()) : called(request);
        } catch (BadCallException e) {
            return AdminAnswer.error(
                    HttpServletResponse.SC_BAD_REQUEST, "The call cannot be carried out.", "problems", e.problems());
        } catch (RuntimeException e) {
            LOG.error("admin: {} {} failed", request.getMethod(), path(request), e);
            return AdminAnswer.error(
                    HttpServletResponse.SC_INTERNAL_SERVER_ERROR, "The gateway failed; its log says how.");
        }
    }

    private static boolean acts(HttpServletRequest request) throws BadCallException {
        return !isRead(request) || (path(request).equals(BACKEND_HEALTH) && BackendHealthCall.isOrder(request));
    }

    private static boolean isRead(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private static AdminAnswer refused(HttpServletRequest request, String reason) {
        LOG.warn(
                "admin: {} {} from {} refused: {}",
                Wording.printable(request.getMethod()),
                Wording.printable(path(request)),
                request.getRemoteAddr(),
                reason);
        return AdminAnswer.error(HttpServletResponse.SC_FORBIDDEN, reason);
    }

    private AdminAnswer called(HttpServletRequest request) throws IOException, BadCallException {
        @Nullable Map<String, Call> methods = calls.get(pattern(path(request)));
        if (methods == null) {
            return AdminAnswer.error(
                    HttpServletResponse.SC_NOT_FOUND,
                    "There is nothing here. This is the admin address; traffic has the listeners' addresses.",
                    "paths",
                    paths());
        }
        @Nullable Call call = methods.get(isRead(request) ? "GET" : request.getMethod());
        if (call == null) {
            String allowed = String.join(", ", allowed(methods));
            return AdminAnswer.error(
                            HttpServletResponse.SC_METHOD_NOT_ALLOWED, "This path takes " + allowed + " alone.")
                    .with("Allow", allowed);
        }
        return call.answer(request);
    }

    private static String pattern(String path) {
        boolean isSession = path.startsWith(SessionsCall.PATH) && path.length() > SessionsCall.PATH.length();
        return isSession && path.indexOf('/', SessionsCall.PATH.length()) < 0 ? ONE_SESSION : path;
    }

    private List<String> paths() {
        List<String> paths = new ArrayList<>();
        calls.forEach((path, methods) ->
                methods.keySet().stream().sorted().forEach(method -> paths.add(method + " " + path)));
        return paths;
    }

    private static List<String> allowed(Map<String, Call> methods) {
        List<String> allowed = new ArrayList<>(methods.keySet());
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        allowed.sort(String::compareTo);
        return allowed;
    }

    private static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }
}
