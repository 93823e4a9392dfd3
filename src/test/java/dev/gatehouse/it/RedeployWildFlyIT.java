package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The WAR goes without a trace and comes back, with a session open (platform-notes 7 item 10). */
@ExtendWith({WildFlySetup.class, ArquillianExtension.class})
class RedeployWildFlyIT {
    private static Home home;

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "gatehouse", managed = false, testable = false)
    static WebArchive war() {
        Backends backends = new Backends();
        home = new Home(
                Containers.port("it.wildfly.http.port"),
                Containers.port("it.wildfly.extra.port"),
                Containers.port("it.wildfly.https.port"),
                backends,
                EnumSet.noneOf(KnownLimit.class));
        backends.writeFiles(Containers.directory(), home.httpPort(), home.extraPort(), home.httpsPort());
        return Containers.war();
    }

    @Test // better no gateway than a wrong one
    void deploymentWithoutGatewayFileSaysWhatIsMissing() throws Exception {
        Path file = Containers.directory().resolve("gateway.json");
        Path aside = Files.move(file, file.resolveSibling("gateway.aside"), StandardCopyOption.REPLACE_EXISTING);
        try {
            assertThatThrownBy(() -> deployer.deploy("gatehouse")).hasStackTraceContaining("gateway.json");
        } finally {
            Files.move(aside, file);
        }
    }

    @Test
    void redeploysUnderLoadLeaveNothingBehind() throws Exception {
        new Redeploys(deployer, home, System.getProperty("it.wildfly.home")).run();
    }
}
