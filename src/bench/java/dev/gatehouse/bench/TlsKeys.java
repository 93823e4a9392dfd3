package dev.gatehouse.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * An RSA-2048 key with a certificate of its own for {@code bench.test}, made for one run. Immutable.
 *
 * @param pfx PKCS#12 store
 * @param pem certificate and key in one file
 * @param key the key alone
 */
record TlsKeys(Path pfx, Path pem, Path key) {
    private static final char[] PASSWORD = "gatehouse".toCharArray();
    private static final String ALIAS = "bench";

    static TlsKeys create(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        Path pfx = folder.resolve("bench.pfx");
        generate(pfx);
        KeyStore store = load(pfx);
        String key = pem("PRIVATE KEY", store.getKey(ALIAS, PASSWORD).getEncoded());
        String certificate = pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
        return new TlsKeys(
                pfx,
                Files.writeString(folder.resolve("bench.pem"), certificate + key),
                Files.writeString(folder.resolve("bench.key"), key));
    }

    static SSLContext serverContext(Path pfx) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(pfx), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void generate(Path pfx) throws IOException, InterruptedException {
        String password = new String(PASSWORD);
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String options = "-genkeypair -keyalg RSA -keysize 2048 -validity 2 -storetype PKCS12 -dname CN=bench.test"
                + " -ext san=dns:bench.test -alias " + ALIAS + " -storepass " + password;
        List<String> command = new ArrayList<>(List.of(keytool, "-keystore", pfx.toString()));
        command.addAll(List.of(options.split(" ", -1)));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(pfx.resolveSibling("keytool.log").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool ended with " + process.exitValue());
        }
    }

    private static KeyStore load(Path pfx) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(pfx)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static String pem(String type, byte[] der) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(type, text);
    }
}
