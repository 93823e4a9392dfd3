package dev.gatehouse.it;

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
    void redeploysUnderLoadLeaveNothingBehind() throws Exception {
        new Redeploys(deployer, home, System.getProperty("it.tomcat.base")).run();
    }
}
