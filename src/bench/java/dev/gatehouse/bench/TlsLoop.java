package dev.gatehouse.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The closed loop over TLS: a blocking thread per connection, since the proxy's CPU time is what counts. */
final class TlsLoop {
    private static final int TIMEOUT_MILLIS = 5000;

    private final LoadOrder order;
    private final SSLSocketFactory sockets;
    private final byte[] request;

    private TlsLoop(LoadOrder order) throws GeneralSecurityException {
        this.order = order;
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        sockets = context.getSocketFactory();
        ByteBuffer bytes = new Requests(order.benchCase(), 1).take(1);
        request = new byte[bytes.remaining()];
        bytes.get(request);
    }

    static LoadResult run(LoadOrder order) throws IOException {
        try {
            return new TlsLoop(order).run();
        } catch (GeneralSecurityException | ExecutionException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private LoadResult run() throws IOException, InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(order.connections());
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < order.connections(); i++) {
                open.add(connect());
            }
            CpuWindow window = CpuWindow.open(order);
            long deadline = System.nanoTime() + order.millis() * 1_000_000;
            List<Callable<Tally>> loops = new ArrayList<>();
            open.forEach(socket -> loops.add(() -> loop(socket, deadline)));
            Tally tally = new Tally();
            for (Future<Tally> loop : threads.invokeAll(loops)) {
                tally.add(loop.get());
            }
            window.close();
            return tally.result(window);
        } finally {
            threads.shutdownNow();
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private Socket connect() throws IOException {
        Socket plain = new Socket();
        plain.connect(Tools.loopback(order.port()), TIMEOUT_MILLIS);
        plain.setTcpNoDelay(true);
        plain.setSoTimeout(TIMEOUT_MILLIS);
        // The name goes out as SNI.
        return sockets.createSocket(plain, "bench.test", order.port(), true);
    }

    /** Ends at its first error: the connection is of no use then. */
    private Tally loop(Socket socket, long deadline) {
        Tally tally = new Tally();
        AnswerReader reader = Requests.reader(order.benchCase());
        byte[] buffer = new byte[16 * 1024];
        try {
            for (long now = System.nanoTime(); now < deadline; ) {
                socket.getOutputStream().write(request);
                int answers = 0;
                while (answers == 0) {
                    int count = socket.getInputStream().read(buffer);
                    if (count < 0) {
                        throw new EOFException("connection closed by the proxy");
                    }
                    answers = reader.read(ByteBuffer.wrap(buffer, 0, count));
                }
                long answered = System.nanoTime();
                tally.answer(answered - now);
                now = answered;
            }
        } catch (IOException e) {
            tally.error(e);
        }
        return tally;
    }

    /** The certificate was made a minute ago, for this run. */
    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
