package dev.gatehouse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.it.ContainerProcess.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployer;

/**
 * The WAR comes and goes under load and leaves nothing behind (platform-notes 7 item 10). So many rounds as
 * {@code -Dgatehouse.redeploys} says.
 */
final class Redeploys {
    private static final int ROUNDS = Integer.getInteger("gatehouse.redeploys", 3);
    private static final int LOOK_EVERY = 10;
    // Request threads: the container keeps as many as were ever busy at once. What a round left would be there 49
    // times.
    private static final int MORE_THREADS = 20;
    // Caches of the container and what its compiler knows; a gateway that stays weighs more.
    private static final int MORE_KILOBYTES = 2_000;
    private static final int MORE_CLASSES = 500;
    private static final int MORE_DESCRIPTORS = 5;
    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    /** Threads that must have run, or that none is left would prove nothing. */
    private static final String[] THREADS = {
        "\"gatehouse-names\"",
        "\"gatehouse-slow-clients\"",
        "\"gatehouse-drain\"",
        "\"gatehouse-token-keys\"",
        "\"gatehouse-probe-",
        "\"gatehouse-reload\"",
        "\"gatehouse-ws-loop-",
        "\"gatehouse-ws-watch-"
    };

    private final Home home;
    private final String folder;
    private final boolean cutsClients;

    /**
     * Starts the backends and writes the files of the gateway.
     *
     * @param name as in the names of the container's ports
     * @param folder one that the container's command line names
     * @param cutsClients whether the container would wait without limit for a client that does not read
     */
    Redeploys(String name, String folder, boolean cutsClients) {
        this.folder = folder;
        this.cutsClients = cutsClients;
        home = new Home(
                Containers.port("it." + name + ".http.port"),
                Containers.port("it." + name + ".extra.port"),
                Containers.port("it." + name + ".https.port"),
                new Backends(),
                EnumSet.noneOf(KnownLimit.class));
        Path directory = Containers.directory();
        home.backends().writeFiles(directory, home.httpPort(), home.extraPort(), home.httpsPort());
        giveMemberName(directory.resolve("gatehouse.local.json"));
    }

    // A member that is known by its name has the gateway look it up, again and again.
    private static void giveMemberName(Path file) {
        try {
            String local = Files.readString(file);
            String named =
                    local.replace("\"plain.backend.example\": \"127.0.0.1:", "\"plain.backend.example\": \"localhost:");
            assertThat(named).isNotEqualTo(local);
            Files.writeString(file, named);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    void leaveNothing(Deployer deployer) throws Exception {
        ContainerProcess container = ContainerProcess.in(folder);
        Set<Integer> ports = container.listeningPorts();
        round(deployer, container, ports);
        Figures first = figures(container, 1);
        Figures last = first;
        for (int i = 2; i <= ROUNDS; i++) {
            round(deployer, container, ports);
            if (i % LOOK_EVERY == 0 || i == ROUNDS) {
                last = figures(container, i);
            }
        }
        assertThat(last.threads()).isLessThanOrEqualTo(first.threads() + MORE_THREADS);
        assertThat(last.heapKilobytes()).isLessThanOrEqualTo(first.heapKilobytes() + MORE_KILOBYTES);
        assertThat(last.classes()).isLessThanOrEqualTo(first.classes() + MORE_CLASSES);
        assertThat(last.descriptors()).isLessThanOrEqualTo(first.descriptors() + MORE_DESCRIPTORS);
    }

    private void round(Deployer deployer, ContainerProcess container, Set<Integer> ports) throws Exception {
        deployer.deploy("gatehouse");
        Suite.awaitReady(home);
        try (RedeployLoad load = new RedeployLoad(home)) {
            await().atMost(LONGEST_END).untilAsserted(load::assertUnderWay);
            await().atMost(LONGEST_END)
                    .untilAsserted(() -> assertThat(container.threads()).contains(THREADS));
            deployer.undeploy("gatehouse");
            assertThat(container.threads()).doesNotContain("\"gatehouse-");
            await().atMost(LONGEST_END).untilAsserted(load::assertEnded);
            await().atMost(LONGEST_END)
                    .untilAsserted(
                            () -> assertThat(home.backends().connections()).isZero());
            if (cutsClients) {
                await().atMost(LONGEST_END)
                        .untilAsserted(() -> assertThat(container.threads()).doesNotContain("dev.gatehouse"));
            }
        }
        await().atMost(LONGEST_END)
                .untilAsserted(() -> assertThat(container.threads()).doesNotContain("gatehouse"));
        assertThat(container.listeningPorts()).isEqualTo(ports);
        home.backends().reset();
    }

    private static Figures figures(ContainerProcess container, int round) {
        await().atMost(LONGEST_END)
                .untilAsserted(() -> assertThat(container.figures().runtimes()).isZero());
        Figures figures = container.figures();
        System.out.printf("redeploy %d: %s%n", round, figures);
        assertThat(figures.loaders())
                .isLessThanOrEqualTo(100); // JDK-8078641: a cache of method types may keep the last
        return figures;
    }
}
