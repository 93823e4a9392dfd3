package dev.gatehouse.it;

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
    private static Redeploys redeploys;

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "gatehouse", managed = false, testable = false)
    static WebArchive war() {
        redeploys = new Redeploys("tomcat", System.getProperty("it.tomcat.base"), false);
        return Containers.war();
    }

    @Test
    void redeploysUnderLoadLeaveNothing() throws Exception {
        redeploys.leaveNothing(deployer);
    }
}
