package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    private static Redeploys redeploys;

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "gatehouse", managed = false, testable = false)
    static WebArchive war() {
        redeploys = new Redeploys("wildfly", System.getProperty("it.wildfly.home"), true);
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
    void redeploysUnderLoadLeaveNothing() throws Exception {
        redeploys.leaveNothing(deployer);
    }
}
