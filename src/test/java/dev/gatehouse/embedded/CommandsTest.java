package dev.gatehouse.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** product.md 2: commands, what they print, exit codes. */
@Timeout(60)
class CommandsTest {
    private static final String GATEWAY = """
            { "name": "sample", "properties": {
              "frontendIPConfigurations": [ { "name": "front", "properties": {} } ],
              "frontendPorts": [ { "name": "port80", "properties": { "port": 80 } } ],
              "httpListeners": [ { "name": "web", "properties": { "protocol": "Http",
                "frontendIPConfiguration": { "id": "/x/frontendIPConfigurations/front" },
                "frontendPort": { "id": "/x/frontendPorts/port80" } } } ],
              "backendAddressPools": [ { "name": "pool", "properties": {
                "backendAddresses": [ { "ipAddress": "127.0.0.1" } ] } } ],
              "backendHttpSettingsCollection": [ { "name": "settings", "properties": { "port": 9,
                "protocol": "Http" } } ],
              "requestRoutingRules": [ { "name": "rule", "properties": { "ruleType": "Basic", "priority": 10,
                "httpListener": { "id": "/x/httpListeners/web" },
                "backendAddressPool": { "id": "/x/backendAddressPools/pool" },
                "backendHttpSettings": { "id": "/x/backendHttpSettingsCollection/settings" } } } ] } }
            """;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"--help", "run --help", "check --help", "demo --help", "explain --help", "run -h"})
    void helpIsThereForEveryCommand(String arguments) {
        assertThat(execute(arguments.split(" "))).isZero();
        assertThat(out.toString()).contains("Usage: gatehouse");
    }

    @Test
    void versionIsPrinted() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).startsWith("gatehouse ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "nonsense", "run a b", "run --nonsense a", "check", "run x --log-format xml"})
    void wrongUsageExitsWith2(String arguments) {
        assertThat(execute(arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("Usage: gatehouse");
    }

    @Test
    void refusedConfigurationExitsWith1AndNamesThePlace() throws Exception {
        Path file = Files.writeString(directory.resolve("gateway.json"), "{ \"httpListeners\": [ 1 ");

        assertThat(execute("run", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains(file.toString(), "Not started");
        assertThat(execute("run", directory.resolve("absent.json").toString())).isEqualTo(1);
    }

    @Test
    void checkReportsAllFilesAndExitsWith1OnlyIfOneHasAnError() throws Exception {
        Path good = gateway(8080);
        Path bad = Files.writeString(directory.resolve("bad.json"), "{ \"httpListeners\": [ 1 ");

        assertThat(execute("check", good.toString())).isZero();
        assertThat(execute("check", good.toString(), bad.toString())).isEqualTo(1);
        assertThat(out.toString()).contains(good.toString(), bad + ":1:");
        assertThat(execute("check", "--format", "xml", good.toString())).isEqualTo(2);
    }

    @Test
    void checkLooksUpNamesOnlyIfAsked() throws Exception { // VAL-40
        // No label of the DNS is this long, so every resolver says no without asking anybody.
        String name = "n".repeat(64) + ".example";
        Path file = Files.writeString(
                directory.resolve("names.json"),
                GATEWAY.replace("\"ipAddress\": \"127.0.0.1\"", "\"fqdn\": \"" + name + "\""));

        assertThat(execute("check", file.toString())).isZero();
        assertThat(out.toString()).doesNotContain("VAL-40");
        assertThat(execute("check", "--resolve", file.toString())).isZero();
        assertThat(out.toString()).contains("VAL-40", name);
    }

    @Test
    void checkPrintsJsonIfAsked() throws Exception {
        assertThat(execute("check", "--format", "json", gateway(8080).toString()))
                .isZero();
        assertThat(out.toString().strip()).startsWith("{").endsWith("}").contains("\"problems\"", "\"httpListeners\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|http://a.example/x|0",
                "GET|http://a.example:8081/x|0",
                "GET|ws://a.example/x|0",
                "GET|http://a.example:9999/x|3",
                "TRACE|http://a.example/x|3",
                "GET|a.example/x|2",
                "G T|http://a.example/x|2",
            })
    void explainExitsAsTheRequestWouldEnd(String method, String url, int code) throws Exception {
        assertThat(execute("explain", gateway(8081).toString(), method, url)).isEqualTo(code);
        assertThat(out.toString()).hasSizeGreaterThan(code == 2 ? -1 : 50);
    }

    @Test
    void explainTellsPlacesAndTheHeadOfTheBackend() throws Exception {
        Path file = gateway(8080);

        assertThat(execute("explain", file.toString(), "GET", "http://a.example/x", "-H", "X-Y: 1"))
                .isZero();
        assertThat(out.toString())
                .contains("(" + file + ":3 frontendPorts[0].port)", "gatehouse.local.json:1 listen.ports.80)")
                .contains("\nGET /x HTTP/1.1\nHost: a.example\nX-Y: 1\nX-Forwarded-For: 127.0.0.1:50000\n");
    }

    @Test
    void explainRefusesWhatItCannotRead() throws Exception {
        Path bad = Files.writeString(directory.resolve("bad.json"), "{ \"httpListeners\": [ 1 ");

        assertThat(execute("explain", bad.toString(), "GET", "http://a/")).isEqualTo(1);
        assertThat(err.toString()).contains(bad + ":1:", "Not explained");
        assertThat(execute("explain", gateway(8080).toString(), "GET", "http://a/", "-H", "no colon"))
                .isEqualTo(2);
        assertThat(execute("explain", gateway(8080).toString(), "GET", "http://a/", "--frontend", "other"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("known: front");
    }

    @Test
    void checkPrintsSarifIfAsked() throws Exception {
        assertThat(execute("check", "--format", "sarif", gateway(8080).toString()))
                .isZero();
        assertThat(out.toString().strip()).startsWith("{").endsWith("}").contains("\"2.1.0\"", "\"Gatehouse\"");
        assertThat(execute("check", "--format", "sarif", "absent.json")).isEqualTo(1);
        assertThat(out.toString()).contains("\"uri\" : \"absent.json\"");
    }

    @Test
    void demoConfigurationIsAcceptedAndOpensBothListeners() throws Exception {
        SocketPlan plan = SocketPlan.of(DemoCommand.load().configuration().orElseThrow());

        assertThat(plan.sockets())
                .extracting(socket -> socket.protocol() + " " + socket.address())
                .containsExactly("HTTPS 127.0.0.1:8443", "HTTP 127.0.0.1:8080");
        assertThat(plan.shut()).isEmpty();
    }

    @Test
    void portInUseExitsWith1AndSaysSo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path file = gateway(taken.getLocalPort());

            assertThat(execute("run", file.toString())).isEqualTo(1);
            assertThat(err.toString()).contains("127.0.0.1:" + taken.getLocalPort(), "in use", "Not started");
        }
    }

    @Test
    void adminPortInUseExitsWith1AndNamesTheKey() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path file = gateway(Samples.freePort(), taken.getLocalPort());

            assertThat(execute("run", file.toString())).isEqualTo(1);
            assertThat(err.toString())
                    .contains("admin.listen: cannot listen on 127.0.0.1:" + taken.getLocalPort(), "Not started");
        }
    }

    @Test
    void runPrintsListenersAndReadyAndAnInterruptStopsIt() throws Exception {
        int port = Samples.freePort();
        Path file = gateway(port);
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        Thread running = new Thread(() -> exit.complete(execute("run", file.toString())));
        running.start();
        await().atMost(30, TimeUnit.SECONDS).until(() -> out.toString().contains("ready in"));

        assertThat(out.toString()).contains("listener web  http://127.0.0.1:" + port + "/");
        assertThat(RawClient.get(port, "/x")).contains("GET /x http");
        running.interrupt();
        assertThat(exit.get(10, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void sigtermStopsTheProcessWithExitCodeZeroAndLogsAreJsonIfAsked() throws Exception {
        Path file = gateway(Samples.freePort());
        Path errors = directory.resolve("stderr");
        Process process = java(errors, "run", file.toString(), "--log-format", "json");
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
            assertThat(lines.readLine()).startsWith("listener web");
            assertThat(lines.readLine()).startsWith("admin  http://127.0.0.1:");
            assertThat(lines.readLine()).startsWith("ready in");
            process.destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(Files.readAllLines(errors))
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        } finally {
            process.destroyForcibly();
        }
    }

    private Path gateway(int port) throws IOException {
        return gateway(port, 0);
    }

    private Path gateway(int port, int adminPort) throws IOException {
        Files.writeString(
                directory.resolve("gatehouse.local.json"),
                "{ \"listen\": { \"ports\": { \"80\": " + port + " } }, \"admin\": { \"listen\": " + adminPort
                        + " } }");
        return Files.writeString(directory.resolve("gateway.json"), GATEWAY);
    }

    private int execute(String... arguments) {
        CommandLine commands = Commands.with(configuration -> new Mirror());
        return commands.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static Process java(Path errors, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(errors.toFile()).start();
    }
}
