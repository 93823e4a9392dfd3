package dev.gatehouse;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The map of rooms: who may import whom, and who alone touches which library. A new room is one line here. */
class ArchitectureTest {
    private static final String ROOT = "dev.gatehouse.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.gatehouse");

    private static final Map<String, List<String>> ROOMS = new LinkedHashMap<>();

    static {
        ROOMS.put("model", List.of());
        ROOMS.put("document", List.of());
        ROOMS.put("template", List.of("document"));
        ROOMS.put("config", List.of("model", "document", "template", "tls"));
        ROOMS.put("routing", List.of("model"));
        ROOMS.put("tls", List.of("model"));
        ROOMS.put("spool", List.of("model"));
        ROOMS.put("threads", List.of());
        ROOMS.put("fetch", List.of("threads"));
        ROOMS.put("upstream", List.of("model", "threads", "tls", "spool"));
        ROOMS.put("exchange", List.of("model", "routing", "upstream"));
        ROOMS.put("rewrite", List.of("model", "routing", "exchange"));
        ROOMS.put("token", List.of("model", "threads", "routing", "exchange", "fetch"));
        ROOMS.put("observe", List.of("model", "document", "threads", "routing", "upstream", "exchange"));
        ROOMS.put("health", List.of("model", "threads", "tls", "upstream", "observe"));
        ROOMS.put("proxy", List.of("model", "threads", "routing", "spool", "upstream", "exchange", "observe"));
        ROOMS.put("websocket", List.of("model", "threads", "tls", "routing", "upstream", "exchange", "observe"));
        ROOMS.put("explain", List.of("model", "document", "routing", "upstream", "exchange", "rewrite", "token"));
        ROOMS.put(
                "admin",
                List.of(
                        "model",
                        "document",
                        "routing",
                        "tls",
                        "upstream",
                        "exchange",
                        "observe",
                        "health",
                        "websocket",
                        "explain"));
        ROOMS.put(
                "gateway",
                List.of(
                        "model",
                        "threads",
                        "document",
                        "config",
                        "routing",
                        "tls",
                        "upstream",
                        "exchange",
                        "rewrite",
                        "token",
                        "fetch",
                        "observe",
                        "health",
                        "proxy",
                        "websocket",
                        "explain",
                        "admin"));
        ROOMS.put("container", List.of("model", "exchange", "websocket"));
        ROOMS.put("embedded", List.of("model", "document", "config", "tls", "health", "explain", "gateway"));
    }

    @Test
    void everyRoomIsOnTheMapAndHoldsSomething() {
        List<String> found = CLASSES.getPackage("dev.gatehouse").getSubpackages().stream()
                .map(JavaPackage::getRelativeName)
                .toList();
        assertThat(found).containsExactlyInAnyOrderElementsOf(ROOMS.keySet());
    }

    @Test
    void roomsImportOnlyWhatTheMapAllows() {
        ROOMS.forEach((room, allowed) -> {
            List<String> closed = new ArrayList<>(ROOMS.keySet());
            closed.removeAll(allowed);
            closed.remove(room);
            noClasses()
                    .that()
                    .resideInAPackage(packagesOf(room))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            closed.stream().map(ArchitectureTest::packagesOf).toArray(String[]::new))
                    .check(CLASSES);
        });
    }

    @Test
    void roomsAreFreeOfCycles() {
        slices().matching("dev.gatehouse.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void librariesAreTouchedOnlyByTheirRooms() {
        only("com.fasterxml.jackson..", "config", "document", "explain", "observe", "admin", "embedded");
        only("io.micrometer..", "observe");
        only("com.nimbusds..", "token");
        only("com.github.benmanes.caffeine..", "tls");
        only("com.google.re2j..", "config", "routing", "rewrite");
        only("org.apache.hc..", "upstream", "proxy", "health", "fetch");
        only("jakarta.websocket..", "websocket", "container", "gateway", "embedded");
        only("org.apache.tomcat..", "container", "embedded");
        only("org.apache.catalina..", "container", "embedded");
        only("org.apache.coyote..", "container", "embedded");
        only("io.undertow..", "container");
        only("picocli..", "embedded");
        only("ch.qos.logback..", "embedded");
        only(
                "jakarta.servlet..",
                "exchange",
                "token",
                "observe",
                "proxy",
                "websocket",
                "admin",
                "gateway",
                "container",
                "embedded");
    }

    private static void only(String library, String... rooms) {
        String[] packages = Stream.of(rooms).map(ArchitectureTest::packagesOf).toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat(resideInAnyPackage(library))
                .check(CLASSES);
    }

    @Test // REQ-15: rules are found by look-up
    void routesAreFoundWithoutRegularExpressions() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.gatehouse.routing..", "dev.gatehouse.exchange..")
                .and()
                .doNotHaveSimpleName("RequestCondition") // patterns that the file itself gives (section 4.18)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.regex..", "com.google.re2j..")
                .check(CLASSES);
    }

    @Test // and whoever hands standard output to the access log, whose default it is
    void onlyTheCommandsPrint() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.gatehouse.embedded..")
                .and()
                .doNotHaveFullyQualifiedName("dev.gatehouse.gateway.GatewayContextListener")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void nothingThrowsABareRuntimeException() {
        noClasses()
                .should()
                .callConstructor(RuntimeException.class, String.class)
                .orShould()
                .callConstructor(RuntimeException.class, String.class, Throwable.class)
                .orShould()
                .callConstructor(RuntimeException.class, Throwable.class)
                .check(CLASSES);
    }

    @Test
    void everyRoomIsNullMarked() {
        classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith("org.jspecify.annotations.NullMarked")
                .check(CLASSES);
    }

    private static String packagesOf(String room) {
        return ROOT + room + "..";
    }
}
