package dev.gatehouse.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.LoadRequest;
import dev.gatehouse.config.LoadResult;
import dev.gatehouse.gateway.GatewayContextListener;
import dev.gatehouse.testkit.Head;
import dev.gatehouse.testkit.Wire;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that people deploy to Azure, run here with nothing but what {@code check --suggest-local} prints: every rule of
 * each is asked over the wire. What is expected was read in the files by eye.
 */
@Timeout(60)
class CorpusServedTest {
    private static final Path CORPUS = Path.of("src/test/resources/dev/gatehouse/corpus");
    private static final String QUICKSTARTS = "Azure__azure-quickstart-templates/quickstarts/";
    private static final String RECORDINGS = "Azure__azure-cli/recordings/ReaNAiveD/";
    private static final String REST_EXAMPLES =
            "Azure__azure-rest-api-specs/specification/network/resource-manager/Microsoft.Network/stable/";

    @TempDir
    Path directory;

    /** One file, what fills its blanks, and what each of its rules does. */
    private record Served(String kind, String file, Map<String, String> blanks, List<Ask> asks) {
        @Override
        public String toString() {
            return kind;
        }
    }

    /** One request to a port of the gateway file; {@code fetched} is the target that the backend shall receive. */
    private record Ask(String url, List<String> backends, String fetched, String backendHost, String location) {
        static Ask of(String url, String... backends) {
            return new Ask(url, List.of(backends), path(url), "", "");
        }

        static Ask redirect(String url, String answer) {
            return new Ask(url, List.of(), "", "", answer);
        }

        Ask fetches(String target) {
            return new Ask(url, backends, target, backendHost, location);
        }

        Ask asHost(String host) {
            return new Ask(url, backends, fetched, host, location);
        }

        boolean isTls() {
            return url.startsWith("https");
        }

        String host() {
            return url.replaceFirst("https?://", "").replaceFirst("[:/].*", "");
        }

        int publicPort() {
            return Integer.parseInt(url.replaceFirst("https?://[^:]+:(\\d+)/.*", "$1"));
        }

        private static String path(String url) {
            return url.replaceFirst("https?://[^/]+", "");
        }
    }

    static Stream<Served> files() {
        return Stream.of(
                new Served(
                        "quickstart whose backends are parameters",
                        QUICKSTARTS + "microsoft.network/application-gateway-public-ip/azuredeploy.json",
                        Map.of(),
                        List.of(Ask.of("http://any.example:80/a%20b?c=d", "appGatewayBackendPool")
                                .asHost("any.example"))),
                new Served(
                        "quickstart with redirects in and beside a path map",
                        QUICKSTARTS + "microsoft.network/application-gateway-redirect/azuredeploy.json",
                        Map.of("pathMatch1", "/images/*"),
                        List.of(
                                Ask.redirect("http://any.example:80/x?y=z", "307 https://any.example/x?y=z"),
                                Ask.of("https://any.example:443/x", "appGatewayBackendPool1"),
                                Ask.redirect(
                                        "http://any.example:8080/images/a.png", "307 https://any.example/images/a.png"),
                                Ask.redirect("http://any.example:8080/other", "307 http://www.bing.com/other"))),
                new Served(
                        "quickstart with a certificate in Key Vault",
                        QUICKSTARTS + "microsoft.network/application-gateway-key-vault-create/azuredeploy.json",
                        Map.of(),
                        List.of(Ask.of("https://any.example:443/x", "appGatewayBackendPool"))),
                new Served(
                        "quickstart with a path override",
                        QUICKSTARTS + "microsoft.network/application-gateway-path-override/azuredeploy.json",
                        Map.of("backendPath", "/inner/", "pathMatch1", "/outer/*"),
                        List.of(
                                Ask.of("http://any.example:80/outer/a?b", "appGatewayBackendPool")
                                        .fetches("/inner/a?b"),
                                Ask.of("http://any.example:80/other", "appGatewayBackendPool")
                                        .fetches("/inner/other"))),
                new Served(
                        "quickstart with a path map of three pools",
                        QUICKSTARTS + "microsoft.network/application-gateway-url-path-based-routing/azuredeploy.json",
                        Map.of("pathMatch1", "/images/*", "pathMatch2", "/video/*"),
                        List.of(
                                Ask.of("http://any.example:80/images/a.png", "appGatewayBackendPool1"),
                                Ask.of("http://any.example:80/video/b.mp4", "appGatewayBackendPool2"),
                                Ask.of("http://any.example:80/", "appGatewayBackendPoolDefault"))),
                new Served(
                        "two sites on one socket, host names to be filled in",
                        "Azure__azure-quickstart-templates/@2016/201-application-gateway-multihosting/azuredeploy.json",
                        Map.of("hostName1", "one.example", "hostName2", "two.example"),
                        List.of(
                                Ask.of("https://one.example:443/x", "appGatewayBackendPool1"),
                                Ask.of("https://two.example:443/x", "appGatewayBackendPool2"))),
                new Served(
                        "two frontends that share a port",
                        QUICKSTARTS + "microsoft.network/application-gateway-ipv6-create/azuredeploy.json",
                        Map.of(),
                        List.of(
                                Ask.of("http://127.0.0.1:80/x", "myBackendPool1"),
                                Ask.of("http://127.0.0.2:80/x", "myBackendPool2"))),
                new Served(
                        "web application whose name Azure makes up",
                        QUICKSTARTS + "microsoft.web/web-app-with-app-gateway-v2/azuredeploy.json",
                        Map.of(),
                        List.of(Ask.of("http://any.example:80/x", "mywebapp-dojm7b5lc3trm.azurewebsites.net")
                                .asHost("myWebApp-dojm7b5lc3trm.azurewebsites.net"))),
                new Served(
                        "gateway in a nested deployment",
                        QUICKSTARTS + "microsoft.network/aks-application-gateway-ingress-controller/azuredeploy.json",
                        Map.of(),
                        List.of(Ask.of("http://any.example:80/x", "applicationGatewayBackendPool"))),
                new Served(
                        "gateway in a linked template",
                        "Azure__azure-quickstart-templates/demos/parameterized-linked-templates/azuredeploy.json",
                        Map.of(),
                        List.of(Ask.of("http://any.example:80/x", "default-backend"))),
                new Served(
                        "symbolic names",
                        "Azure__bicep/src/Bicep.Core.Samples/Files/user_submitted/101/application-gateway-v2-autoscale-create"
                                + "/main.symbolicnames.json",
                        Map.of(),
                        List.of(Ask.of("http://any.example:80/x", "10.0.0.4", "10.0.0.5"))),
                new Served(
                        "backend settings whose properties are one expression",
                        "oracle__weblogic-azure/weblogic-azure-vm/arm-oraclelinux-wls-cluster/arm-oraclelinux-wls-cluster"
                                + "/src/main/arm/nestedtemplates/appGatewayNestedTemplate.json",
                        Map.of(),
                        List.of(
                                Ask.of("http://any.example:80/x", "myGatewayBackendPool"),
                                Ask.of("https://any.example:443/x", "myGatewayBackendPool"))),
                new Served(
                        "nested template that a parent would give objects",
                        "Azure__Moodle/nested/appgw.json",
                        Map.of(),
                        List.of(
                                Ask.of("https://any.example:443/x", "«parameters('moodleCommon').appGwBePoolName»"),
                                Ask.redirect("http://any.example:80/x?y", "301 https://any.example/x?y"))),
                new Served(
                        "answer that the CLI recorded",
                        RECORDINGS + "test_network_app_gateway_with_private_ip.response.json",
                        Map.of(),
                        List.of(Ask.of("https://any.example:443/x", "appGatewayBackendPool"))),
                new Served(
                        "body of a PUT without the resource's name",
                        RECORDINGS + "test_network_ag_url_path_map.request.json",
                        Map.of(),
                        List.of(Ask.of("http://any.example:80/mypath1/x", "appGatewayBackendPool"))),
                new Served(
                        "output of the CLI's create command",
                        "MicrosoftDocs__executable-docs/flexible-virtual-machine-scale-sets-cli.create-output.json",
                        Map.of(),
                        List.of(Ask.of("http://any.example:80/x", "appGatewayBackendPool"))),
                new Served(
                        "example of the REST documentation",
                        REST_EXAMPLES + "2022-05-01/examples/ApplicationGatewayCreate.json",
                        Map.of(),
                        List.of(
                                // a profile whose CA is masked lets nobody in (TLS-31)
                                Ask.redirect("https://any.example:443/x", "400 "),
                                // one policy with weights 40 and 60, whose turns all rules share (REQ-36)
                                Ask.of("http://any.example:80/v1/api", "10.0.0.1", "10.0.1.1"),
                                Ask.of("http://any.example:80/x", "10.0.0.2", "10.0.1.2"))),
                new Served(
                        "vocabulary of the building blocks",
                        "mspnp__template-building-blocks/scenarios/vm/vm-app-gateway.json",
                        Map.of(),
                        List.of(
                                Ask.of("http://any.example:80/x", "www.contoso.com"),
                                Ask.of("http://any.example:81/x", "bp2"),
                                Ask.of("http://any.example:82/x", "www.contoso.com"),
                                Ask.of("http://any.example:82/foo", "bp2"),
                                Ask.of("http://any.example:82/bar", "www.contoso.com"))));
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyRuleIsServedWithTheSuggestedLocalFile(Served served) throws Exception {
        Path file = CORPUS.resolve(served.file());
        ConfigurationReader.Suggestion suggestion =
                new ConfigurationReader().suggestLocal(LoadRequest.of(file, Optional.empty()));
        assertThat(suggestion.problems()).isEmpty();
        try (FilledSuggestion filled = new FilledSuggestion(suggestion.text().orElseThrow(), served.blanks())) {
            assertThat(filled.text()).doesNotContain("\"...\"");
            Path local = Files.writeString(directory.resolve("gatehouse.local.json"), filled.text());
            LoadResult loaded = new ConfigurationReader().load(LoadRequest.of(file, Optional.of(local)));
            assertThat(loaded.configuration())
                    .as(() -> loaded.problems().toString())
                    .isPresent();
            GatewayServer server = GatewayServer.start(
                    Samples.plan(loaded.configuration().orElseThrow()), GatewayContextListener::new);
            try {
                for (Ask ask : served.asks()) {
                    verify(ask, filled);
                }
            } finally {
                server.close();
            }
        }
    }

    private static void verify(Ask ask, FilledSuggestion filled) throws Exception {
        if (ask.backends().isEmpty()) {
            assertThat(answer(ask, filled)).isEqualTo(ask.location());
            return;
        }
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < ask.backends().size(); i++) {
            answers.add(answer(ask, filled));
        }
        assertThat(answers).as(ask.url()).containsExactlyInAnyOrderElementsOf(ask.backends());
        for (String key : ask.backends()) {
            Head received = filled.backend(key).take().head();
            assertThat(received.target()).isEqualTo(ask.fetched());
            assertThat(received.value("Host"))
                    .startsWith(ask.backendHost())
                    .isNotEqualTo("127.0.0.1:" + filled.backend(key).port());
        }
    }

    /** The body of a 200, status and location of anything else. */
    private static String answer(Ask ask, FilledSuggestion filled) throws IOException {
        try (Wire wire = connect(ask, filled.port(ask.publicPort()))) {
            wire.write("GET " + Ask.path(ask.url()) + " HTTP/1.1\r\nHost: " + ask.host()
                    + "\r\nConnection: close\r\n\r\n");
            Head head = wire.readFinalHead();
            byte[] body = wire.readAnswerBody(head, "GET");
            return head.status() == 200 ? new String(body, ISO_8859_1) : head.status() + " " + head.value("Location");
        }
    }

    private static Wire connect(Ask ask, int port) throws IOException {
        if (ask.isTls()) {
            return Wire.connectTls(port, ask.host());
        }
        boolean isAddress = ask.host().startsWith("127.");
        return isAddress ? new Wire(new Socket(ask.host(), port)) : Wire.connect(port);
    }
}
