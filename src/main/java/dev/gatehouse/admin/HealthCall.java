package dev.gatehouse.admin;

import dev.gatehouse.document.JsonOutput;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;

/** {@code /health/live} and {@code /health/ready}, for whoever starts gateways and sends them traffic. Thread-safe. */
final class HealthCall {
    private final LiveGateway live;

    HealthCall(LiveGateway live) {
        this.live = live;
    }

    /** Whoever gets this answer knows all that it says. */
    static AdminAnswer live() {
        return AdminAnswer.ok(status("live", Optional.empty()));
    }

    AdminAnswer ready() {
        Optional<String> reason = live.whyNotReady();
        return reason.isEmpty()
                ? AdminAnswer.ok(status("ready", reason))
                : new AdminAnswer(HttpServletResponse.SC_SERVICE_UNAVAILABLE, Map.of(), status("not ready", reason));
    }

    private static JsonOutput.Content status(String status, Optional<String> reason) {
        return json -> {
            json.writeStartObject();
            json.writeStringField("status", status);
            if (reason.isPresent()) {
                json.writeStringField("reason", reason.get());
            }
            json.writeEndObject();
        };
    }
}
