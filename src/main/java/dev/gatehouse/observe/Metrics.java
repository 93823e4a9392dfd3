package dev.gatehouse.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All numbers of a gateway, and their text for Prometheus. Thread-safe. */
public final class Metrics implements AutoCloseable {
    /** The text format of Prometheus, version 0.0.4. */
    public static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    /** The format of OpenMetrics. */
    public static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<Runnable> before = new CopyOnWriteArrayList<>();
    private final JvmGcMetrics collections = new JvmGcMetrics(); // listens to the JVM until it is closed

    /** Creates a registry with the numbers of the JVM. */
    public Metrics() {
        for (MeterBinder binder : List.of(
                collections,
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new ClassLoaderMetrics(),
                new ProcessorMetrics(),
                new UptimeMetrics(),
                new FileDescriptorMetrics())) {
            binder.bindTo(registry);
        }
    }

    /**
     * Has something brought up to date before the numbers are read.
     *
     * @param work brief; called by whoever reads
     */
    public void beforeReading(Runnable work) {
        before.add(work);
    }

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
        before.forEach(Runnable::run);
        return registry.scrape(contentType);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
