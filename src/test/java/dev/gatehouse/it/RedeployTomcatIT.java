package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.WebSocketWire;
import dev.gatehouse.testkit.Wire;
import java.time.Duration;
import java.util.EnumSet;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The WAR goes without a trace and comes back, with a session open (platform-notes 7 item 10). */
@ExtendWith({TomcatSetup.class, ArquillianExtension.class})
class RedeployTomcatIT {
    private static Home home;

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "gatehouse", managed = false, testable = false)
    static WebArchive war() {
        Backends backends = new Backends();
        home = new Home(
                Containers.port("it.tomcat.http.port"),
                Containers.port("it.tomcat.extra.port"),
                Containers.port("it.tomcat.https.port"),
                backends,
                EnumSet.noneOf(KnownLimit.class));
        backends.writeFiles(Containers.directory(), home.httpPort(), home.extraPort(), home.httpsPort());
        return Containers.war();
    }

    @Test
    void undeployLeavesNoThreadAndEndsSessions() throws Exception {
        deployer.deploy("gatehouse");
        Suite.awaitReady(home);
        home.backends()
                .plain
                .answers(request -> WebSocketWire.accept(request, "").echo());
        String server = System.getProperty("it.tomcat.base");
        try (WebSocketWire client = WebSocketWire.open(Wire.connect(home.httpPort()), "/", "plain.example", "")) {
            client.sendText("hello");
            assertThat(client.readMessage().text()).isEqualTo("hello");
            assertThat(Containers.threadsOf(server)).contains("\"gatehouse-"); // or the check below proves nothing
            deployer.undeploy("gatehouse");
            assertThat(client.readClose().closeCode()).isEqualTo(1001); // WS-33
        }
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(Containers.threadsOf(server)).doesNotContain("gatehouse"));
        home.backends().reset();
        deployer.deploy("gatehouse");
        Suite.awaitReady(home);
        deployer.undeploy("gatehouse");
    }
}
