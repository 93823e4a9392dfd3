package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.RequestLoad;
import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployer;

/**
 * Deploys and undeploys under load, again and again, and looks at what is left in the container: threads, class loaders,
 * heap (platform-notes 7 item 10). A few rounds here; {@code gatehouse.redeploys} says how many are wanted.
 */
final class Redeploys {
    private static final int ROUNDS = Integer.getInteger("gatehouse.redeploys", 3);
    private static final int SESSIONS = 8;
    // What the container itself goes on compiling, caching and pooling in its first minutes.
    private static final double MOST_GROWTH = 1.25;
    private static final int MOST_MORE_THREADS = 5;
    // The class by itself: on JDK 17 a cache of method types keeps the classes of one deployment, the last
    // (JDK-8078641).
    private static final Pattern GATEWAY = Pattern.compile(" dev\\.gatehouse\\.gateway\\.GatewayRuntime( |$)");
    // What the container keeps ready for requests and for us who ask it: as many as the load once needed.
    private static final Pattern POOLED =
            Pattern.compile("-exec-|default task-|RMI |JMX |management |XNIO|MSC service");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+(\\d+)\\s+(\\d+)");

    private final Deployer deployer;
    private final Home home;
    private final String mark;

    /** What the container holds after a round. */
    private record Left(long heapBytes, int threads, long classes) {}

    Redeploys(Deployer deployer, Home home, String mark) {
        this.deployer = deployer;
        this.home = home;
        this.mark = mark;
    }

    void run() throws Exception {
        Left first = round();
        System.out.println("redeploy 1: " + first);
        Left last = first;
        for (int i = 2; i <= ROUNDS; i++) {
            last = round();
        }
        System.out.println("redeploy " + ROUNDS + ": " + last);
        assertThat(last.heapBytes()).isLessThan((long) (first.heapBytes() * MOST_GROWTH));
        assertThat(last.classes()).isLessThan((long) (first.classes() * MOST_GROWTH));
        assertThat(last.threads()).isLessThanOrEqualTo(first.threads() + MOST_MORE_THREADS);
    }

    private Left round() throws Exception {
        deployer.deploy("gatehouse");
        Suite.awaitReady(home);
        home.backends().plain.answers(request -> {
            if (request.head().has("Upgrade")) {
                WebSocketWire.accept(request, "").echo();
            } else if (request.head().target().equals("/endless")) {
                request.wire().write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nbegun");
                request.wire().endsWithin(20_000);
            } else {
                request.ok("ok");
            }
        });
        List<WebSocketWire> sessions = new ArrayList<>();
        try (RequestLoad load = new RequestLoad(home.httpPort(), "plain.example", 100, 4);
                Wire endless = Wire.connect(home.httpPort())) {
            endless.write("GET /endless HTTP/1.1\r\nHost: plain.example\r\n\r\n");
            assertThat(endless.readHead().status()).isEqualTo(200);
            for (int i = 0; i < SESSIONS; i++) {
                sessions.add(openSession());
            }
            assertThat(Containers.threadsOf(mark)).contains("\"gatehouse-"); // or the checks below prove nothing
            assertThat(instances()).isPositive();
            await().atMost(Duration.ofSeconds(10)).until(() -> load.answered() > 50);
            deployer.undeploy("gatehouse");
            for (WebSocketWire session : sessions) {
                assertThat(session.readClose().closeCode()).isEqualTo(1001); // WS-33
            }
        } finally {
            for (WebSocketWire session : sessions) {
                session.close();
            }
        }
        await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(Containers.threadsOf(mark)).doesNotContain("gatehouse"));
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() ->
                        assertThat(instances()).as("gateways after undeploy").isZero());
        home.backends().reset();
        return left();
    }

    private WebSocketWire openSession() throws IOException {
        WebSocketWire session = WebSocketWire.open(Wire.connect(home.httpPort()), "/", "plain.example", "");
        session.sendText("hello");
        assertThat(session.readMessage().text()).isEqualTo("hello");
        return session;
    }

    /** Gateways in the container's heap after a collection, whichever class loader they came from. */
    private long instances() {
        return histogram().lines().filter(line -> GATEWAY.matcher(line).find()).count();
    }

    private String histogram() {
        return Containers.jcmd(mark, "GC.class_histogram"); // collects first
    }

    private Left left() {
        Matcher total = TOTAL.matcher(histogram());
        assertThat(total.find()).isTrue();
        long threads = Containers.threadsOf(mark)
                .lines()
                .filter(line -> line.startsWith("\"") && !POOLED.matcher(line).find())
                .count();
        String counters = Containers.jcmd(mark, "PerfCounter.print");
        return new Left(
                Long.parseLong(total.group(2)),
                (int) threads,
                counter(counters, "java.cls.loadedClasses") - counter(counters, "java.cls.unloadedClasses"));
    }

    private static long counter(String counters, String name) {
        Matcher value =
                Pattern.compile("(?m)^" + Pattern.quote(name) + "=(\\d+)").matcher(counters);
        assertThat(value.find()).as(name).isTrue();
        return Long.parseLong(value.group(1));
    }
}
