package dev.gatehouse.testkit;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An OCSP responder on a real socket that says what a test wants, signed by whom the test wants. */
public final class OcspResponder implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Mood mood = Mood.GOOD;
    private volatile TestCa signer;

    /** What it says. */
    public enum Mood {
        GOOD,
        REVOKED,
        UNKNOWN,
        STALE,
        HUGE,
        SLOW,
        DRIPPING,
        BROKEN,
        ELSEWHERE
    }

    private OcspResponder(HttpServer server) {
        this.server = server;
    }

    public static OcspResponder start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        OcspResponder responder = new OcspResponder(server);
        server.setExecutor(responder.threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] request = exchange.getRequestBody().readAllBytes();
                responder.asked.incrementAndGet();
                switch (responder.mood) {
                    case ELSEWHERE -> {
                        exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
                        exchange.sendResponseHeaders(302, -1);
                    }
                    case SLOW -> Thread.sleep(20_000);
                    case DRIPPING -> {
                        exchange.sendResponseHeaders(200, 0);
                        for (int i = 0; i < 40; i++) {
                            exchange.getResponseBody().write(0);
                            exchange.getResponseBody().flush();
                            Thread.sleep(500);
                        }
                    }
                    default -> {
                        byte[] answer = responder.answer(request);
                        exchange.sendResponseHeaders(200, answer.length);
                        exchange.getResponseBody().write(answer);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                throw new IOException(e);
            }
        });
        server.start();
        return responder;
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/ocsp";
    }

    public void says(Mood next, TestCa by) {
        mood = next;
        signer = by;
    }

    public int timesAsked() {
        return asked.get();
    }

    private byte[] answer(byte[] request) throws Exception {
        if (mood == Mood.HUGE) {
            return new byte[1_000_000];
        }
        if (mood == Mood.BROKEN) {
            return "not OCSP".getBytes(StandardCharsets.US_ASCII);
        }
        X509CertificateHolder holder = new JcaX509CertificateHolder(signer.certificate());
        BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(new RespID(holder.getSubject()));
        Instant from = mood == Mood.STALE ? Instant.now().minus(Duration.ofDays(9)) : Instant.now();
        CertificateStatus status = switch (mood) {
            case REVOKED -> new RevokedStatus(Date.from(from), CRLReason.keyCompromise);
            case UNKNOWN -> new UnknownStatus();
            default -> CertificateStatus.GOOD;
        };
        for (Req each : new OCSPReq(request).getRequestList()) {
            builder.addResponse(each.getCertID(), status, Date.from(from), Date.from(from.plus(Duration.ofDays(1))));
        }
        var key = new JcaContentSignerBuilder("SHA256withECDSA")
                .build(signer.keys().getPrivate());
        OCSPResp response = new OCSPRespBuilder()
                .build(
                        OCSPRespBuilder.SUCCESSFUL,
                        builder.build(key, new X509CertificateHolder[] {holder}, Date.from(from)));
        return response.getEncoded();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
