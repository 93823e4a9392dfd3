package dev.gatehouse.admin;

import dev.gatehouse.observe.Metrics;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** {@code /metrics}: all numbers as text for Prometheus, or as OpenMetrics where that is asked for. Thread-safe. */
final class MetricsCall {
    private final Metrics metrics;

    MetricsCall(Metrics metrics) {
        this.metrics = metrics;
    }

    AdminAnswer get(HttpServletRequest request) throws BadCallException {
        List<String> problems = new ArrayList<>();
        AdminQuery.of(request.getQueryString()).check(List.of(), problems);
        if (!problems.isEmpty()) {
            throw new BadCallException(problems);
        }
        boolean isOpen = Collections.list(request.getHeaders("Accept")).stream()
                .anyMatch(accept -> accept.contains("application/openmetrics-text"));
        String type = isOpen ? Metrics.OPEN_METRICS : Metrics.TEXT;
        String text = metrics.text(type);
        return new AdminAnswer(HttpServletResponse.SC_OK, type, Map.of(), out -> out.write(text));
    }
}
