package dev.gatehouse.it;

import java.util.EnumSet;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite against the WAR in WildFly. */
@ExtendWith({WildFlySetup.class, ArquillianExtension.class})
class BlackBoxWildFlyIT implements BlackBoxSuite {
    private static Home home;

    @Deployment(testable = false)
    static WebArchive war() {
        Backends backends = new Backends();
        home = new Home(
                Containers.port("it.wildfly.http.port"),
                Containers.port("it.wildfly.extra.port"),
                Containers.port("it.wildfly.https.port"),
                backends,
                EnumSet.of(
                        KnownLimit.STRANGERS_FAIL_IN_THE_HANDSHAKE,
                        KnownLimit.CONTAINERS_OWN_PATHS,
                        KnownLimit.CLIENT_CLOSE_CODES,
                        KnownLimit.OFFERED_CIPHERS,
                        KnownLimit.FIELD_ORDER,
                        KnownLimit.FIELD_BLANKS,
                        KnownLimit.FIELD_CASE,
                        KnownLimit.LEADING_QUESTION_MARKS,
                        KnownLimit.BACKSLASH_DOTS,
                        KnownLimit.NOT_MODIFIED_LENGTH,
                        KnownLimit.HEAD_NO_CONTENT,
                        KnownLimit.EMPTY_QUERY),
                Containers.port("it.wildfly.admin.port"),
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
        return "wildfly";
    }
}
