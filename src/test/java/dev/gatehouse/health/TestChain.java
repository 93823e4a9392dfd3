package dev.gatehouse.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.TrustedRootCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;

/** A certificate authority, and leaves below it, made by the JDK's keytool when a test starts. */
final class TestChain {
    private static final String PASSWORD = "changeit";

    private final Path folder;

    TestChain(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c", "-startdate", "-30d")
                .with("-keystore", "ca.p12", "-keyalg", "EC", "-validity", "60")
                .run();
        keytool("-exportcert", "-alias", "ca", "-file", "ca.cer")
                .with("-keystore", "ca.p12")
                .run();
    }

    /** The authority, as settings upload it. */
    TrustedRootCertificate root() throws IOException {
        byte[] der = Files.readAllBytes(folder.resolve("ca.cer"));
        return new TrustedRootCertificate("test-ca", Base64.getEncoder().encodeToString(der), null);
    }

    /** A listening socket that shows a leaf for one name, valid for a month from a day such as {@code -40d}. */
    ServerSocket serverSocket(String name, String startDate)
            throws IOException, InterruptedException, GeneralSecurityException {
        String store = name + startDate + ".p12";
        if (!Files.exists(folder.resolve(store))) {
            makeLeaf(store, name, startDate);
        }
        return context(store).getServerSocketFactory().createServerSocket(0);
    }

    /** The same, with another chain: indexes of what would be sent otherwise, 0 the leaf, then its issuers. */
    ServerSocket serverSocketSending(int... order) throws IOException, InterruptedException, GeneralSecurityException {
        KeyStore keys = chainOfThree();
        Certificate[] whole = keys.getCertificateChain("leaf");
        X509Certificate[] sent = IntStream.of(order)
                .mapToObj(index -> (X509Certificate) whole[index])
                .toArray(X509Certificate[]::new);
        PrivateKey key = (PrivateKey) keys.getKey("leaf", PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new OneKey(key, sent)}, null, null);
        return context.getServerSocketFactory().createServerSocket(0);
    }

    private KeyStore chainOfThree() throws IOException, InterruptedException, GeneralSecurityException {
        String store = "three.p12";
        if (!Files.exists(folder.resolve(store))) {
            sign("ca.p12", "ca", "between.p12", "between", "bc:c");
            for (String alias : List.of("ca", "between")) {
                keytool("-importcert", "-noprompt", "-alias", alias, "-file", alias + ".cer")
                        .with("-keystore", "between.p12")
                        .run();
            }
            sign("between.p12", "between", store, "leaf", "san=dns:right.test");
            for (String alias : List.of("ca", "between", "leaf")) {
                keytool("-importcert", "-noprompt", "-alias", alias, "-file", alias + ".cer")
                        .with("-keystore", store)
                        .run();
            }
        }
        return load(store);
    }

    private void sign(String issuerStore, String issuer, String store, String alias, String extension)
            throws IOException, InterruptedException {
        keytool("-genkeypair", "-alias", alias, "-dname", "CN=" + alias)
                .with("-keystore", store, "-keyalg", "EC")
                .run();
        keytool("-certreq", "-alias", alias, "-file", alias + ".csr")
                .with("-keystore", store)
                .run();
        keytool("-gencert", "-alias", issuer, "-infile", alias + ".csr", "-outfile", alias + ".cer")
                .with("-ext", extension, "-keystore", issuerStore, "-startdate", "-1d", "-validity", "30")
                .run();
    }

    private void makeLeaf(String store, String name, String startDate) throws IOException, InterruptedException {
        keytool("-genkeypair", "-alias", "leaf", "-dname", "CN=leaf")
                .with("-keystore", store, "-keyalg", "EC")
                .run();
        keytool("-certreq", "-alias", "leaf", "-file", "leaf.csr")
                .with("-keystore", store)
                .run();
        keytool("-gencert", "-alias", "ca", "-infile", "leaf.csr", "-outfile", "leaf.cer", "-ext", "san=dns:" + name)
                .with("-keystore", "ca.p12", "-startdate", startDate, "-validity", "30")
                .run();
        for (String alias : List.of("ca", "leaf")) {
            keytool("-importcert", "-noprompt", "-alias", alias, "-file", alias + ".cer")
                    .with("-keystore", store)
                    .run();
        }
    }

    private SSLContext context(String store) throws IOException, GeneralSecurityException {
        KeyStore keys = load(store);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private KeyStore load(String store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(store))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    /** Shows any chain, right or wrong. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private final PrivateKey key;
        private final X509Certificate[] chain;

        OneKey(PrivateKey key, X509Certificate[] chain) {
            this.key = key;
            this.chain = chain;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[] {"only"};
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return "only";
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
            return "only";
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain;
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }
    }

    private Command keytool(String... arguments) {
        return new Command(new ArrayList<>(List.of(arguments)));
    }

    private final class Command {
        private final List<String> line;

        Command(List<String> arguments) {
            line = arguments;
            line.add(
                    0,
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        }

        Command with(String... more) {
            line.addAll(List.of(more));
            return this;
        }

        void run() throws IOException, InterruptedException {
            line.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-J-XX:TieredStopAtLevel=1"));
            Path output = folder.resolve("keytool.txt");
            Process process = new ProcessBuilder(line)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        }
    }
}
