package dev.gatehouse.proxy;

import dev.gatehouse.upstream.BodyProgress;
import java.io.IOException;
import java.io.OutputStream;

/** A way to a backend that tells of each write, and ends when the backend wants no more. Confined to one exchange. */
final class ReportedOutput extends OutputStream {
    private final OutputStream backend;
    private final BodyProgress progress;
    private long written;

    ReportedOutput(OutputStream backend, BodyProgress progress) {
        this.backend = backend;
        this.progress = progress;
    }

    /** Bytes so far. */
    long written() {
        return written;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        if (progress.isRefused()) {
            throw new IOException("backend answered without waiting for the body");
        }
        progress.writing(true);
        backend.write(bytes, offset, count);
        written += count;
        progress.writing(false);
    }

    @Override
    public void flush() throws IOException {
        progress.writing(true);
        backend.flush();
        progress.writing(false);
    }
}
