package dev.gatehouse.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.ClientLimits;
import dev.gatehouse.model.FrontendIpConfiguration;
import dev.gatehouse.model.FrontendPort;
import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.LocalSettings;
import dev.gatehouse.model.Protocol;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientPatienceTest {
    private static ClientLimits of(boolean isV1, ClientLimits local, Duration idle) {
        HttpListener listener = new HttpListener(
                "l",
                new FrontendIpConfiguration("f", null, idle),
                new FrontendPort("p", 80),
                Protocol.HTTP,
                List.of(),
                null,
                false);
        Gateway gateway =
                new Gateway("g", isV1, false, false, List.of(), List.of(listener), List.of(), List.of(), List.of());
        return ClientPatience.of(
                Samples.limited(local, new GatewayConfiguration(gateway, LocalSettings.DEFAULT)), List.of(listener));
    }

    private static ClientLimits kept(Duration keepAlive) {
        return new ClientLimits(
                1024,
                1024,
                0,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                keepAlive,
                Duration.ofMinutes(10),
                1000,
                0);
    }

    @Test // REQ-5
    void oldGatewaysKeepConnectionsLongerUnlessTold() {
        Duration idle = FrontendIpConfiguration.DEFAULT_IDLE_TIMEOUT;

        assertThat(of(false, ClientLimits.DEFAULT, idle).keepAliveTimeout()).hasSeconds(75);
        assertThat(of(true, ClientLimits.DEFAULT, idle).keepAliveTimeout()).hasSeconds(120);
        assertThat(of(true, kept(Duration.ofSeconds(9)), idle).keepAliveTimeout())
                .hasSeconds(9);
    }

    @Test // REQ-5
    void idleTimeoutOfTheAddressBoundsWhatWaitsForAClient() {
        ClientLimits limits = of(false, kept(Duration.ofMinutes(15)), Duration.ofMinutes(4));

        assertThat(limits.keepAliveTimeout()).hasMinutes(4);
        assertThat(limits.http2IdleTimeout()).hasMinutes(4);
    }
}
