package dev.gatehouse.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** REQ-34, PRB-14: the addresses behind a member's name. */
class HostAddressesTest {
    private final Map<String, List<String>> zone = new ConcurrentHashMap<>();
    private final AtomicInteger lookUps = new AtomicInteger();
    private final HostAddresses addresses = new HostAddresses(this::lookUp);

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

    @Test
    void everyAddressTakesItsTurnAndTheOthersFollow() throws Exception {
        zone.put("web.example", List.of("192.0.2.1", "192.0.2.2", "192.0.2.3"));
        assertThat(texts()).containsExactly("192.0.2.1", "192.0.2.2", "192.0.2.3");
        assertThat(texts()).containsExactly("192.0.2.2", "192.0.2.3", "192.0.2.1");
        assertThat(texts()).containsExactly("192.0.2.3", "192.0.2.1", "192.0.2.2");
        assertThat(texts()).containsExactly("192.0.2.1", "192.0.2.2", "192.0.2.3");
        assertThat(lookUps).hasValue(1); // nobody waits for the name service but the first
    }

    @Test // an IPv6 address that leads nowhere is common
    void otherFamilyIsThereIfTheFirstFails() throws Exception {
        zone.put("web.example", List.of("192.0.2.1", "2001:db8::1", "192.0.2.2"));
        assertThat(texts()).containsExactly("192.0.2.1", "192.0.2.2", "2001:db8:0:0:0:0:0:1");
        assertThat(texts()).containsExactly("192.0.2.2", "192.0.2.1", "2001:db8:0:0:0:0:0:1");
    }

    @Test
    void newAddressesCountAfterARefresh() throws Exception {
        zone.put("web.example", List.of("192.0.2.1"));
        assertThat(texts()).containsExactly("192.0.2.1");
        zone.put("web.example", List.of("192.0.2.9"));
        assertThat(texts()).containsExactly("192.0.2.1");
        addresses.refresh();
        assertThat(texts()).containsExactly("192.0.2.9");
    }

    @Test
    void lastKnownAddressesStayWhileTheNameServiceFails() throws Exception {
        zone.put("web.example", List.of("192.0.2.1"));
        assertThat(texts()).containsExactly("192.0.2.1");
        zone.clear();
        addresses.refresh();
        assertThat(texts()).containsExactly("192.0.2.1");
    }

    @Test
    void nameThatWasNeverKnownIsAskedForAgain() throws Exception {
        assertThatThrownBy(this::texts).isInstanceOf(UnknownHostException.class);
        zone.put("web.example", List.of("192.0.2.1"));
        assertThat(texts()).containsExactly("192.0.2.1");
    }

    @Test
    void literalIsNotRefreshed() throws Exception {
        zone.put("192.0.2.1", List.of("192.0.2.1"));
        assertThat(addresses.of("192.0.2.1")).hasSize(1);
        addresses.refresh();
        assertThat(lookUps).hasValue(1);
    }

    private List<String> texts() throws UnknownHostException {
        return addresses.of("web.example").stream()
                .map(InetAddress::getHostAddress)
                .toList();
    }
}
