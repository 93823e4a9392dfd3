package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.document.Problem;
import dev.gatehouse.model.CustomErrorPage;
import dev.gatehouse.model.CustomErrorPage.Source;
import dev.gatehouse.testkit.TestDay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorPageReaderTest { // section 4.14, VAL-37; the rest is in the golden case error-pages
    private static final String GATEWAY = """
            { "frontendIPConfigurations": [{ "name": "fe" }], "frontendPorts": [{ "name": "p", "port": 80 }],
              "backendAddressPools": [{ "name": "pool", "backendAddresses": [{ "fqdn": "b.example" }] }],
              "backendHttpSettingsCollection": [{ "name": "s", "port": 80 }],
              "httpListeners": [{ "name": "l", "frontendIPConfiguration": "fe", "frontendPort": "p" }],
              "requestRoutingRules": [{ "name": "r", "priority": 1, "httpListener": "l", "backendAddressPool": "pool",
                                        "backendHttpSettings": "s" }],
              "customErrorConfigurations": [{ "statusCode": "HttpStatus502", "customErrorPageUrl": "*" }] }
            """;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void relativePathStartsAtTheGatewayFileWhereverTheLocalFileIs() throws IOException {
        Path page = Files.writeString(directory.resolve("502.html"), "<h1>Sorry</h1>");
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path local = Files.writeString(elsewhere.resolve("local.json"), "{}");

        assertThat(source("502.html", Optional.of(local))).isEqualTo(new Source.File(page));
    }

    @Test
    void fileUrlNamesAFileOfThisMachine() throws IOException {
        Path page = Files.writeString(directory.resolve("502.htm"), "<h1>Sorry</h1>");

        assertThat(source(page.toUri().toString(), Optional.empty())).isEqualTo(new Source.File(page));
    }

    @Test
    void pageOfMoreThanOneMegabyteIsReplacedByTheBuiltInOne() throws IOException {
        Path page = Files.write(directory.resolve("502.html"), new byte[1024 * 1024]);
        assertThat(source("502.html", Optional.empty())).isEqualTo(new Source.File(page));

        Files.write(page, new byte[1024 * 1024 + 1]);

        assertThat(source("502.html", Optional.empty())).isEqualTo(new Source.BuiltIn());
        assertThat(load("502.html", Optional.empty()).problems())
                .filteredOn(problem -> problem.id().equals("VAL-37"))
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("1048577 bytes");
    }

    private Source source(String url, Optional<Path> local) throws IOException {
        return load(url, local).configuration().orElseThrow().gateway().customErrorPages().stream()
                .map(CustomErrorPage::source)
                .findFirst()
                .orElseThrow();
    }

    private LoadResult load(String url, Optional<Path> local) throws IOException {
        Path file = Files.writeString(directory.resolve("gateway.json"), GATEWAY.replace("*", url));
        return TestDay.reader().load(file, local);
    }
}
