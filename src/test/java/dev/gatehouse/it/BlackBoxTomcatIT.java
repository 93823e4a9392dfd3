package dev.gatehouse.it;

import java.util.EnumSet;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite against the WAR in Tomcat. */
@ExtendWith({TomcatSetup.class, ArquillianExtension.class})
class BlackBoxTomcatIT implements BlackBoxSuite {
    private static Home home;

    @Deployment(testable = false)
    static WebArchive war() {
        Backends backends = new Backends();
        home = new Home(
                Containers.port("it.tomcat.http.port"),
                Containers.port("it.tomcat.extra.port"),
                Containers.port("it.tomcat.https.port"),
                backends,
                EnumSet.of(
                        KnownLimit.CONTAINERS_OWN_PATHS,
                        KnownLimit.CLIENT_CLOSE_CODES,
                        KnownLimit.STRANGERS_FAIL_IN_THE_HANDSHAKE,
                        KnownLimit.REASON_PHRASE),
                Containers.port("it.tomcat.admin.port"),
                Containers.directory());
        home.writeFiles();
        return Containers.war();
    }

    @BeforeAll
    static void awaitReady() {
        Suite.awaitReady(home);
    }

    @Override
    public Home home() {
        return home;
    }

    @Override
    public String name() {
        return "tomcat";
    }
}
