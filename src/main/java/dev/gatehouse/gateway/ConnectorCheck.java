package dev.gatehouse.gateway;

import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.ListenAddress;
import dev.gatehouse.model.RequestRoutingRule;
import dev.gatehouse.threads.OwnThreads;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says where the connectors of a foreign container do not fit the listeners of a configuration: one line for each thing,
 * nothing is refused. Looks on a thread of its own, as soon as the container's sockets are open. Thread-safe.
 */
final class ConnectorCheck implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.connectors");
    private static final Duration LONGEST_END = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 200;

    private final OwnThreads threads = OwnThreads.named("gatehouse-connectors");
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Duration patience;

    /**
     * Creates one.
     *
     * @param patience how long the container may take to open its sockets
     */
    ConnectorCheck(Duration patience) {
        this.patience = patience;
    }

    /** Looks, some time soon. */
    void look(GatewayConfiguration configuration) {
        threads.newThread(() -> {
                    try {
                        tell(configuration);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        LOG.error("the connectors could not be compared with the listeners", e);
                    }
                })
                .start();
    }

    private void tell(GatewayConfiguration configuration) throws InterruptedException {
        Map<ListenAddress, List<HttpListener>> sockets = socketsOf(configuration);
        if (!awaitAnyOpen(sockets)) {
            return;
        }
        ConnectorReport report = new ConnectorReport(configuration, Clock.systemUTC(), () -> closed.getCount() == 0);
        List<String> findings = new ArrayList<>();
        for (Map.Entry<ListenAddress, List<HttpListener>> socket : sockets.entrySet()) {
            if (closed.getCount() == 0) {
                return;
            }
            findings.addAll(report.of(socket.getKey(), socket.getValue()));
        }
        findings.forEach(LOG::warn);
        LOG.info(
                "connectors compared with listeners: {} sockets, {} things that do not fit",
                sockets.size(),
                findings.size());
    }

    private static Map<ListenAddress, List<HttpListener>> socketsOf(GatewayConfiguration configuration) {
        Map<ListenAddress, List<HttpListener>> sockets = new LinkedHashMap<>();
        configuration.gateway().requestRoutingRules().stream()
                .map(RequestRoutingRule::httpListener)
                .distinct()
                .sorted(Comparator.comparing(listener -> listener.frontendPort().port()))
                .forEach(listener -> sockets.computeIfAbsent(
                                configuration.local().listen().addressOf(listener), address -> new ArrayList<>())
                        .add(listener));
        return sockets;
    }

    // Tomcat opens its sockets when all applications have started; the others follow the first at once.
    private boolean awaitAnyOpen(Map<ListenAddress, List<HttpListener>> sockets) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (sockets.keySet().stream().noneMatch(ConnectorReport::isOpen) && System.nanoTime() - deadline < 0) {
            if (closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        closed.countDown();
        if (!threads.awaitEnd(LONGEST_END)) {
            LOG.warn("the thread that compares connectors did not end within {}", LONGEST_END);
        }
    }
}
