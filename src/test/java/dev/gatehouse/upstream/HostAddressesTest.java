package dev.gatehouse.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.upstream.HostAddresses.Follower;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REQ-34, PRB-14: the addresses behind a member's name. */
class HostAddressesTest {
    private static final Duration TTL = Duration.ofMillis(50);

    private final Map<String, List<String>> zone = new ConcurrentHashMap<>();
    private final AtomicInteger lookUps = new AtomicInteger();
    private final HostAddresses addresses = new HostAddresses(this::lookUp, TTL);
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Follower follower = (host, found) -> heard.add(
            found.addresses().stream().map(InetAddress::getHostAddress).toList()
                    + (found.failure() == null ? "" : " " + found.failure()));

    private InetAddress[] lookUp(String name) throws UnknownHostException {
        lookUps.incrementAndGet();
        List<String> found = zone.getOrDefault(name, List.of());
        if (found.isEmpty()) {
            throw new UnknownHostException(name);
        }
        List<InetAddress> all = new ArrayList<>();
        for (String text : found) {
            all.add(InetAddress.getByName(text));
        }
        return all.toArray(InetAddress[]::new);
    }

    @AfterEach
    void close() {
        addresses.close();
    }

    private String next() throws InterruptedException {
        String found = heard.poll(5, TimeUnit.SECONDS);
        assertThat(found).as("news of the name within 5 s").isNotNull();
        return found;
    }

    private void awaitLookUps(int more) {
        int before = lookUps.get();
        await().atMost(Duration.ofSeconds(5)).until(() -> lookUps.get() >= before + more);
    }

    @Test
    void followerHearsOfEveryAddressAndOfEachChange() throws Exception {
        zone.put("web.example", List.of("192.0.2.1", "192.0.2.2", "2001:db8::1"));
        addresses.follow("web.example", follower);
        assertThat(next()).isEqualTo("[192.0.2.1, 192.0.2.2, 2001:db8:0:0:0:0:0:1]");
        awaitLookUps(2);
        zone.put("web.example", List.of("192.0.2.2", "192.0.2.1", "2001:db8::1")); // the same in another order
        awaitLookUps(2);
        assertThat(heard).isEmpty();
        zone.put("web.example", List.of("192.0.2.9"));
        assertThat(next()).isEqualTo("[192.0.2.9]");
    }

    @Test
    void lastKnownAddressesStayWhileTheNameServiceFails() throws Exception {
        zone.put("web.example", List.of("192.0.2.1"));
        addresses.follow("web.example", follower);
        assertThat(next()).isEqualTo("[192.0.2.1]");
        zone.clear();
        awaitLookUps(3);
        assertThat(heard).isEmpty();
        zone.put("web.example", List.of("192.0.2.2"));
        assertThat(next()).isEqualTo("[192.0.2.2]");
    }

    @Test
    void nameThatWasNeverKnownIsAskedForAgain() throws Exception {
        addresses.follow("web.example", follower);
        assertThat(next()).isEqualTo("[] the name is unknown");
        zone.put("web.example", List.of("192.0.2.1"));
        String news = next();
        while (news.startsWith("[]")) {
            news = next();
        }
        assertThat(news).isEqualTo("[192.0.2.1]");
    }

    @Test
    void secondFollowerHearsAtOnceAndNobodyIsAskedTwice() throws Exception {
        HostAddresses patient = new HostAddresses(this::lookUp, Duration.ofMinutes(1));
        try (patient) {
            zone.put("web.example", List.of("192.0.2.1"));
            patient.follow("web.example", follower);
            assertThat(next()).isEqualTo("[192.0.2.1]");
            patient.follow("web.example", (host, found) -> heard.add("second"));
            assertThat(heard).isNotEmpty().containsOnly("second"); // twice, if the first look-up was still telling
            assertThat(lookUps).hasValue(1);
        }
    }

    @Test
    void nameThatNobodyFollowsIsForgotten() throws Exception {
        zone.put("web.example", List.of("192.0.2.1"));
        addresses.follow("web.example", follower);
        next();
        addresses.leave("web.example", follower);
        await().atMost(Duration.ofSeconds(5)).until(() -> {
            int before = lookUps.get();
            TimeUnit.NANOSECONDS.sleep(TTL.multipliedBy(4).toNanos());
            return lookUps.get() == before;
        });
        zone.put("web.example", List.of("192.0.2.7"));
        addresses.follow("web.example", follower);
        assertThat(next()).isEqualTo("[192.0.2.7]");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, 30", "'', 30", "5, 5", "0, 1", "-1, 3153600000", "abc, 30"})
    void javasOwnCacheDecidesHowOftenNamesAreLookedUp(String property, long seconds) {
        assertThat(HostAddresses.ttl(property)).isEqualTo(Duration.ofSeconds(seconds));
    }
}
