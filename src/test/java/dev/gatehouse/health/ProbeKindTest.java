package dev.gatehouse.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.model.BackendAddress;
import dev.gatehouse.model.BackendTlsRules;
import dev.gatehouse.model.Probe;
import dev.gatehouse.model.ProbeKind;
import dev.gatehouse.model.ProbeMatch;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.upstream.HandshakeKey;
import dev.gatehouse.upstream.UpstreamPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Probes of the local file's kinds over real sockets: RFC 6455 §4.1, WS-13, WS-14, PRB-7, PRB-21. */
class ProbeKindTest {
    private static final ProbeKind CHAT = new ProbeKind.WebSocket("/ws?room=1", "chat");
    private static final ProbeKind PLAIN = new ProbeKind.WebSocket(null, null);
    private static final ProbeKind TCP = new ProbeKind.Tcp();

    @TempDir
    static Path folder;

    private static TestChain chain;

    private final BlockingQueue<String> changes = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> closing = new ArrayList<>();
    private final TestPools pools = new TestPools();
    private int timeoutMillis = 3_000;

    @BeforeAll
    static void makeAuthority() throws Exception {
        chain = new TestChain(folder);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : closing) {
            each.close();
        }
    }

    @Test
    void webSocketProbeShakesHandsAndSaysGoodbye() throws Exception {
        ProbeBackend backend = accepting("Sec-WebSocket-Protocol: chat\r\n");
        start(backend, CHAT);
        assertThat(nextChange()).isEqualTo("Healthy: Success. Received 101 status code");
        String[] lines = Objects.requireNonNull(backend.heads.peek()).split("\r\n", -1);
        assertThat(lines)
                .containsExactly(
                        "GET /ws?room=1 HTTP/1.1",
                        "Host: p.test",
                        "User-Agent: Gatehouse-Probe",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Key: " + key(lines),
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Protocol: chat",
                        "",
                        "");
        assertThat(Base64.getDecoder().decode(key(lines))).hasSize(16);
        assertThat(goodbye(backend)).containsExactly(0x03, 0xE8); // 1000
    }

    @Test
    void everyHandshakeHasAKeyOfItsOwn() throws Exception { // RFC 6455 §4.1
        ProbeBackend backend = accepting("");
        start(backend, PLAIN);
        await().atMost(Duration.ofSeconds(5)).until(() -> backend.heads.size() >= 3);
        assertThat(backend.heads.stream().limit(3).map(head -> key(head.split("\r\n", -1))))
                .doesNotHaveDuplicates();
        assertThat(backend.heads).allMatch(head -> head.startsWith("GET /health HTTP/1.1\r\n"));
        assertThat(nextChange()).startsWith("Healthy");
        assertThat(changes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''| Upgrade: websocket;Connection: Upgrade;ACCEPT| Success. Received 101 status code",
                "''| upgrade: WebSocket;connection: keep-alive, UPGRADE;ACCEPT| Success. Received 101 status code",
                "chat| Upgrade: websocket;Connection: Upgrade;ACCEPT;Sec-WebSocket-Protocol: chat| Success. Received 101",
                "''| Connection: Upgrade;ACCEPT| the answer has no header Upgrade: websocket.",
                "''| Upgrade: websocket;ACCEPT| the answer has no header Connection: Upgrade.",
                "''| Upgrade: websocket;Connection: Upgrade| the answer has no Sec-WebSocket-Accept.",
                "''| Upgrade: websocket;Connection: Upgrade;Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
                        + "| its Sec-WebSocket-Accept \"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\" does not belong to the key",
                "chat| Upgrade: websocket;Connection: Upgrade;ACCEPT| it chose no subprotocol, and chat was offered.",
                "chat| Upgrade: websocket;Connection: Upgrade;ACCEPT;Sec-WebSocket-Protocol: superchat"
                        + "| it chose the subprotocol \"superchat\", and chat was offered.",
                "''| Upgrade: websocket;Connection: Upgrade;ACCEPT;Sec-WebSocket-Protocol: chat"
                        + "| it chose the subprotocol \"chat\", and none was offered.",
                "''| Upgrade: websocket;Connection: Upgrade;ACCEPT;Sec-WebSocket-Extensions: permessage-deflate"
                        + "| it uses the extension \"permessage-deflate\", and none was offered.",
            })
    void handshakeIsJudgedByItsRules(String offered, String headers, String text) throws Exception { // WS-14
        ProbeBackend backend = answering("HTTP/1.1 101 x\r\n" + headers.replace(";", "\r\n") + "\r\n\r\n");
        start(backend, new ProbeKind.WebSocket("/ws", offered.isEmpty() ? null : offered));
        String change = nextChange();
        assertThat(change).contains(text);
        if (!change.startsWith("Healthy")) {
            assertThat(change)
                    .startsWith("Unhealthy: The first probe failed. The WebSocket handshake with 127.0.0.1:"
                            + backend.port() + "/ws (Host p.test) was answered with 101, but ");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 400, 404, 426, 503})
    void otherStatusIsOutWhateverTheMatchSays(int status) throws Exception {
        ProbeBackend backend = backend(ProbeBackend.status(status));
        start(backend, CHAT);
        assertThat(nextChange())
                .isEqualTo("Unhealthy: The first probe failed. Received invalid status code: " + status
                        + " in the backend server's HTTP response. Expected 101, which accepts a WebSocket handshake,"
                        + " from 127.0.0.1:" + backend.port() + "/ws?room=1 (Host p.test).");
    }

    @Test
    void interimAnswersComeBeforeTheOneThatCounts() throws Exception { // RFC 9110 §15.2
        String interim = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
        start(answering(interim + interim + accept("")), PLAIN);
        assertThat(nextChange()).startsWith("Healthy: Success. Received 101");
    }

    @Test
    void answerInSmallPiecesIsReadWhole() throws Exception {
        ProbeBackend backend = open();
        backend.now(out -> {
            for (byte next : whole(backend, accept("")).getBytes(StandardCharsets.ISO_8859_1)) {
                out.write(next);
                out.flush();
            }
        });
        start(backend, PLAIN);
        assertThat(nextChange()).startsWith("Healthy: Success. Received 101");
    }

    @Test
    void greetingAfterTheHandshakeDoesNoHarm() throws Exception {
        ProbeBackend backend = answering(accept("") + "\u0081\u0005hello");
        start(backend, PLAIN);
        assertThat(nextChange()).startsWith("Healthy");
        assertThat(goodbye(backend)).containsExactly(0x03, 0xE8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'SSH-2.0-OpenSSH_9.6\r\n\r\n'| is not HTTP/1.1: ",
                "'HTTP/1.1 101 x\r\nUpgrade: websocket\r\n'| was closed before it sent a complete response head.",
                "''| was closed before it sent a complete response head.",
            })
    void whatIsNoAnswerIsNamed(String answer, String text) throws Exception {
        start(backend(ProbeBackend.text(answer)), PLAIN);
        assertThat(nextChange())
                .startsWith("Unhealthy: The first probe failed. ")
                .contains(text);
    }

    @Test
    void endlessHeadIsCutOff() throws Exception {
        start(
                backend(out -> {
                    out.write("HTTP/1.1 101 x\r\n".getBytes(StandardCharsets.ISO_8859_1));
                    while (true) {
                        out.write("X-Long: yes\r\n".getBytes(StandardCharsets.ISO_8859_1));
                    }
                }),
                PLAIN);
        assertThat(nextChange()).endsWith("is not HTTP/1.1: its head has more than 65536 bytes.");
    }

    @Test
    void oneDeadlineCoversTheHandshake() throws Exception { // PRB-7
        timeoutMillis = 500;
        ProbeBackend backend = backend(out -> {
            while (!new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS)) {
                out.write('H');
            }
        });
        start(backend, PLAIN);
        assertThat(nextChange())
                .endsWith("Time-out: 127.0.0.1:" + backend.port()
                        + " took the connection but sent no complete response head within the probe's time-out of"
                        + " 0.5 s.");
    }

    @Test
    void silentBackendsHoldUpNobody() throws Exception { // PRB-12
        timeoutMillis = 60_000;
        ProbeBackend silent = backend(out -> new CountDownLatch(1).await());
        ProbeBackend good = accepting("");
        List<BackendAddress> members = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            members.add(new BackendAddress("127.0.0." + i, silent.port()));
        }
        members.add(new BackendAddress("127.0.0.1", good.port()));
        start(members, PLAIN);
        assertThat(nextChange()).startsWith("Healthy");
        await().atMost(Duration.ofSeconds(5)).until(() -> good.heads.size() >= 3);
        assertThat(changes).isEmpty();
    }

    @Test
    void webSocketProbeSpeaksTlsWhereTheSettingsDo() throws Exception {
        speakTls("right.test");
        ProbeBackend backend = new ProbeBackend(chain.serverSocket("right.test", "-1d"), out -> {});
        closing.add(backend);
        backend.readsOn = true;
        backend.now(out -> ProbeBackend.text(whole(backend, accept(""))).answer(out));
        start(backend, PLAIN);
        assertThat(nextChange()).isEqualTo("Healthy: Success. Received 101 status code");
        assertThat(goodbye(backend)).containsExactly(0x03, 0xE8);
        assertThat(changes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void wrongCertificateIsNamedWhateverTheKind(boolean isTcp) throws Exception { // PRB-6
        speakTls("wrong.test");
        ProbeBackend backend = new ProbeBackend(chain.serverSocket("right.test", "-1d"), out -> {});
        closing.add(backend);
        start(backend, isTcp ? TCP : PLAIN);
        assertThat(nextChange())
                .startsWith("Unhealthy: The first probe failed. The certificate of 127.0.0.1:")
                .contains("is not for the name wrong.test: ");
    }

    @Test
    void tcpProbeAsksForAConnectionAndSendsNothing() throws Exception {
        ProbeBackend backend = backend(ProbeBackend.status(503));
        start(backend, TCP);
        assertThat(nextChange()).isEqualTo("Healthy: Success. TCP connection made");
        await().atMost(Duration.ofSeconds(5)).until(() -> backend.starts.size() >= 3);
        assertThat(backend.heads).isEmpty();
        assertThat(changes).isEmpty();
        await().atMost(Duration.ofSeconds(5)).until(() -> backend.open.get() <= 1);
    }

    @Test
    void backendThatDiesAndReturnsIsSeenByTcp() throws Exception { // PRB-10
        ProbeBackend backend = backend(ProbeBackend.status(200));
        start(backend, TCP);
        assertThat(nextChange()).startsWith("Healthy");
        backend.close();
        assertThat(nextChange())
                .isEqualTo("Unhealthy: 2 failed probes in a row (unhealthyThreshold 2). Last: No TCP connection to"
                        + " 127.0.0.1:" + backend.port() + ": connection refused.");
        ServerSocket back = new ServerSocket(backend.port(), 50, InetAddress.getByName("0.0.0.0"));
        closing.add(new ProbeBackend(back, ProbeBackend.status(200)));
        assertThat(nextChange()).isEqualTo("Healthy: Success. TCP connection made");
    }

    @Test
    void tcpProbeShakesHandsOverTls() throws Exception {
        speakTls("right.test");
        ProbeBackend backend = new ProbeBackend(chain.serverSocket("right.test", "-1d"), out -> {});
        closing.add(backend);
        start(backend, TCP);
        assertThat(nextChange()).isEqualTo("Healthy: Success. TCP connection made");
        await().atMost(Duration.ofSeconds(5)).until(() -> backend.starts.size() >= 3);
        assertThat(changes).isEmpty();
        await().atMost(Duration.ofSeconds(5)).until(() -> backend.open.get() <= 1);
    }

    @Test
    void backendThatTalksOnKeepsNoConnectionOpen() throws Exception {
        speakTls("right.test");
        try (ServerSocket server = chain.serverSocket("right.test", "-1d")) {
            CompletableFuture<Boolean> isCut = CompletableFuture.supplyAsync(() -> isCutAfterGoodbye(server));
            start(List.of(new BackendAddress("127.0.0.1", server.getLocalPort())), TCP);
            assertThat(nextChange()).isEqualTo("Healthy: Success. TCP connection made");
            assertThat(isCut.get(15, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Reads to the end of what the probe sends, and writes on until nobody takes it any more. */
    private static boolean isCutAfterGoodbye(ServerSocket server) {
        try (Socket socket = server.accept()) {
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            while (!new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)) {
                socket.getOutputStream().write(' ');
            }
            return false;
        } catch (IOException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void tcpWithoutTlsIsNotEnoughForHttpsSettings() throws Exception {
        timeoutMillis = 500;
        speakTls("right.test");
        ProbeBackend backend = backend(ProbeBackend.status(200));
        start(backend, TCP);
        assertThat(nextChange())
                .contains("the TLS handshake with 127.0.0.1:" + backend.port() + " was not finished within");
    }

    @Test
    void defaultProbeOfAnotherKindKeepsItsHost() throws Exception { // PRB-5
        ProbeBackend backend = accepting("");
        pools.probe = Probe.ofDefault(Protocol.HTTP, new ProbeKind.WebSocket("/ws", null));
        run(List.of(new BackendAddress("127.0.0.1", backend.port())));
        assertThat(nextChange()).startsWith("Healthy");
        assertThat(backend.heads.peek()).startsWith("GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    }

    private void speakTls(String name) throws IOException {
        pools.protocol = Protocol.HTTPS;
        pools.tls = new BackendTlsRules(List.of(chain.root()), true, true, name);
    }

    private static String accept(String more) {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nACCEPT\r\n" + more
                + "\r\n";
    }

    private ProbeBackend accepting(String more) throws IOException {
        return answering(accept(more));
    }

    /** The word ACCEPT becomes the header that belongs to the key. */
    private ProbeBackend answering(String answer) throws IOException {
        ProbeBackend backend = open();
        backend.now(out -> ProbeBackend.text(whole(backend, answer)).answer(out));
        return backend;
    }

    private ProbeBackend open() throws IOException {
        ProbeBackend backend = backend(out -> {});
        backend.readsOn = true;
        return backend;
    }

    private static String whole(ProbeBackend backend, String answer) {
        List<String> heads = List.copyOf(backend.heads);
        String key = key(heads.get(heads.size() - 1).split("\r\n", -1));
        return answer.replace("ACCEPT", "Sec-WebSocket-Accept: " + HandshakeKey.acceptFor(key));
    }

    private static String key(String[] lines) {
        String name = "Sec-WebSocket-Key: ";
        return List.of(lines).stream()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElseThrow()
                .substring(name.length());
    }

    /** The status of the one frame that came, unmasked. */
    private static int[] goodbye(ProbeBackend backend) {
        await().atMost(Duration.ofSeconds(5)).until(() -> !backend.rests.isEmpty());
        byte[] frame = Objects.requireNonNull(backend.rests.peek());
        assertThat(frame).hasSize(8).startsWith(0x88, 0x82);
        return new int[] {(frame[6] ^ frame[2]) & 0xFF, (frame[7] ^ frame[3]) & 0xFF};
    }

    private ProbeBackend backend(ProbeBackend.Script script) throws IOException {
        ProbeBackend backend = new ProbeBackend(script);
        closing.add(backend);
        return backend;
    }

    private void start(ProbeBackend backend, ProbeKind kind) throws Exception {
        start(List.of(new BackendAddress("127.0.0.1", backend.port())), kind);
    }

    private void start(List<BackendAddress> members, ProbeKind kind) throws Exception {
        pools.probe = new Probe(
                "p",
                pools.protocol,
                pools.protocol == Protocol.HTTPS ? pools.tls.sniName() : "p.test",
                "/health",
                TestPools.timing(100, timeoutMillis, 2),
                false,
                0,
                null,
                ProbeMatch.DEFAULT,
                kind);
        run(members);
    }

    private void run(List<BackendAddress> members) throws Exception {
        pools.listener =
                (pool, upstream, before, cause) -> changes.add(upstream.health().azureName() + ": " + cause);
        UpstreamPool pool = pools.of(members);
        ProbeExecutor executor = new ProbeExecutor(System::nanoTime);
        closing.add(0, executor);
        executor.start(List.of(pool));
    }

    private String nextChange() throws InterruptedException {
        String change = changes.poll(10, TimeUnit.SECONDS);
        assertThat(change).as("a change of health within 10 s").isNotNull();
        return change;
    }
}
