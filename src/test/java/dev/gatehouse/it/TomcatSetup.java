package dev.gatehouse.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives Tomcat the shipped {@code server.xml} with its examples taken out of their comments, before Arquillian starts
 * it.
 */
final class TomcatSetup implements BeforeAllCallback {
    private static boolean done;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (done) {
            return;
        }
        done = true;
        Path conf = Path.of(System.getProperty("it.tomcat.base"), "conf");
        String shipped = Files.readString(Path.of("server-config/tomcat/conf/server.xml"));
        String advice = Files.readString(Path.of("server-config/tomcat/README.md"));
        Files.writeString(conf.resolve("server.xml"), withClientCertificates(withExamples(shipped), advice));
        ClientCertificates.writeStore(conf.resolve("clients.p12"));
        makeCertificate(conf.resolve("site.p12"));
    }

    /** What the comments tell the user to do: remove the line that begins an example and the one that ends it. */
    private static String withExamples(String shipped) {
        return shipped.replaceAll("(?m)^.*remove this line and the one that ends the example\\R", "")
                .replaceAll("(?m)^ *end of the example -->\\R", "");
    }

    /** What the README says about names whose clients must show a certificate. */
    private static String withClientCertificates(String server, String advice) {
        int from = advice.indexOf("<SSLHostConfig hostName=");
        String host = advice.substring(from, advice.indexOf("```", from));
        int end = server.indexOf("</SSLHostConfig>") + "</SSLHostConfig>".length();
        return server.substring(0, end) + "\n" + host.replace("partner.example", MutualTlsSuite.STRICT)
                + server.substring(end);
    }

    private static void makeCertificate(Path file) throws IOException {
        Files.deleteIfExists(file);
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Containers.run(
                List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "site",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=site.example",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit"),
                60);
    }
}
