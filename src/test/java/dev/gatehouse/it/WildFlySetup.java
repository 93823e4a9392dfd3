package dev.gatehouse.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs the shipped {@code gatehouse.cli} on the WildFly as it was unpacked, before Arquillian starts it. */
final class WildFlySetup implements BeforeAllCallback {
    private static boolean done;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (done) {
            return;
        }
        done = true;
        Path home = Path.of(System.getProperty("it.wildfly.home"));
        Path configuration = home.resolve("standalone/configuration/standalone.xml");
        Path unpacked = configuration.resolveSibling("standalone.xml.unpacked");
        if (Files.notExists(unpacked)) {
            Files.copy(configuration, unpacked);
        }
        Files.copy(unpacked, configuration, StandardCopyOption.REPLACE_EXISTING);
        ClientCertificates.writeStore(configuration.resolveSibling("clients.p12"));
        String shipped = Files.readString(Path.of("server-config/wildfly/gatehouse.cli"));
        Path script = Files.writeString(configuration.resolveSibling("gatehouse.cli"), withClientCertificates(shipped))
                .toAbsolutePath();
        Containers.run(List.of("sh", home.resolve("bin/jboss-cli.sh").toString(), "--file=" + script), 180);
    }

    /** What the script says about names whose clients must show a certificate. */
    private static String withClientCertificates(String shipped) {
        int from = shipped.indexOf("# Clients' certificates");
        int end = shipped.indexOf("\n\n", from);
        String example = shipped.substring(from, end)
                .replace("\n# /", "\n/")
                .replace("partner\\\\.example", "strict\\\\.example");
        return shipped.substring(0, from) + example + shipped.substring(end);
    }
}
