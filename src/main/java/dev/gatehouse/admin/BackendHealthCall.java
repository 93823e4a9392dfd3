package dev.gatehouse.admin;

import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.Probe;
import dev.gatehouse.observe.BackendHealth;
import dev.gatehouse.observe.MemberHealth;
import dev.gatehouse.upstream.UpstreamPool;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** {@code /backend-health}: the report (PRB-20), and probes on demand (PRB-22). Thread-safe. */
final class BackendHealthCall {
    private static final int MOST_BODY_BYTES = 64 * 1024;
    private static final int MOST_AT_A_TIME = 4;
    private static final List<String> EXPAND = List.of("expand");
    private static final List<String> ALL_NAMES =
            Stream.concat(ProbeOrderQuery.NAMES.stream(), EXPAND.stream()).toList();

    private final LiveGateway live;
    private final OnDemandProbing probing;
    private final Semaphore free = new Semaphore(MOST_AT_A_TIME);

    BackendHealthCall(LiveGateway live, OnDemandProbing probing) {
        this.live = live;
        this.probing = probing;
    }

    /** Whether a GET makes the gateway send probes. */
    static boolean isOrder(HttpServletRequest request) throws BadCallException {
        return ProbeOrderQuery.isOrder(AdminQuery.of(request.getQueryString()));
    }

    /** The report, or with any option of a probe in the query what that probe finds. */
    AdminAnswer get(HttpServletRequest request) throws BadCallException {
        AdminQuery query = AdminQuery.of(request.getQueryString());
        boolean isExpanded = isExpanded(query, ALL_NAMES);
        if (ProbeOrderQuery.isOrder(query)) {
            return probe(ProbeOrderQuery.read(query), isExpanded);
        }
        BackendHealthJson report = new BackendHealthJson(live.gateway().id(), isExpanded);
        BackendHealth health = BackendHealth.of(live.pools());
        return AdminAnswer.ok(json -> report.writeReport(json, health));
    }

    /** What the probe of the body finds. */
    AdminAnswer post(HttpServletRequest request) throws BadCallException, IOException {
        boolean isExpanded = isExpanded(AdminQuery.of(request.getQueryString()), EXPAND);
        byte[] body = request.getInputStream().readNBytes(MOST_BODY_BYTES + 1);
        if (body.length > MOST_BODY_BYTES) {
            return AdminAnswer.error(
                    HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                    "The body is longer than " + MOST_BODY_BYTES + " bytes.");
        }
        return probe(ProbeOrderJson.read(body), isExpanded);
    }

    private static boolean isExpanded(AdminQuery query, List<String> known) throws BadCallException {
        List<String> problems = new ArrayList<>();
        query.check(known, problems);
        boolean isExpanded = query.flag("expand", problems).orElse(false);
        if (!problems.isEmpty()) {
            throw new BadCallException(problems);
        }
        return isExpanded;
    }

    private AdminAnswer probe(ProbeOrder order, boolean isExpanded) throws BadCallException {
        Gateway gateway = live.gateway();
        UpstreamPool pool = ProbeTarget.of(order, gateway, live.pools());
        Probe probe = ProbeRules.probe(order, pool.settings().protocol());
        if (!free.tryAcquire()) {
            return AdminAnswer.error(
                            429,
                            MOST_AT_A_TIME + " probes on demand are on their way already; try again when one ended.")
                    .with("Retry-After", "1");
        }
        try {
            return probing.probe(pool, probe)
                    .map(found -> answer(gateway, pool, isExpanded, MemberHealth.of(found)))
                    .orElseGet(() ->
                            AdminAnswer.error(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "The gateway is stopping."));
        } finally {
            free.release();
        }
    }

    private static AdminAnswer answer(
            Gateway gateway, UpstreamPool pool, boolean isExpanded, List<MemberHealth> servers) {
        BackendHealthJson report = new BackendHealthJson(gateway.id(), isExpanded);
        return AdminAnswer.ok(json -> report.writeFound(json, pool.pair(), servers));
    }
}
