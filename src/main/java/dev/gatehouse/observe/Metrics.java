package dev.gatehouse.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** All numbers of a gateway, and their text for Prometheus. Thread-safe. */
public final class Metrics implements AutoCloseable {
    /** The text format of Prometheus, version 0.0.4. */
    public static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    /** The format of OpenMetrics. */
    public static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /**
     * Where meters are registered.
     *
     * @return the registry
     */
    public MeterRegistry registry() {
        return registry;
    }

    /**
     * All meters as they are now.
     *
     * @param contentType {@link #TEXT} or {@link #OPEN_METRICS}
     * @return text in that format
     */
    public String text(String contentType) {
        return registry.scrape(contentType);
    }

    @Override
    public void close() {
        registry.close();
    }
}
