package dev.gatehouse.observe;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file that grows by whole lines. When it is full it is put aside as {@code .1}, what was {@code .1} as {@code .2}, and
 * so on. One that somebody else moved away is begun anew. Confined to one thread.
 */
final class LogFile implements LineSink {
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path path;
    private final long maxBytes;
    private final int keep;
    private @Nullable FileChannel channel;
    private @Nullable Object key;
    private long length;
    private long lookedNanos;

    LogFile(Path path, long maxBytes, int keep) {
        this.path = path;
        this.maxBytes = maxBytes;
        this.keep = keep;
    }

    @Override
    public void write(byte[] lines, int count) throws IOException {
        FileChannel open = open(count);
        ByteBuffer rest = ByteBuffer.wrap(lines, 0, count);
        long before = open.size();
        try {
            while (rest.hasRemaining()) {
                open.write(rest);
            }
            length = before + count;
        } catch (IOException e) {
            cutTo(open, before); // no half a line
            throw e;
        }
    }

    private static void cutTo(FileChannel open, long length) throws IOException {
        if (open.size() > length) {
            open.truncate(length);
        }
    }

    private FileChannel open(int count) throws IOException {
        @Nullable FileChannel open = channel;
        if (open != null && isMoved()) {
            close();
            open = null;
        }
        if (open != null && length > 0 && length + count > maxBytes) {
            close();
            putAside();
            open = null;
        }
        if (open == null) {
            open = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            channel = open;
            length = open.size();
            key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        }
        return open;
    }

    // Looked at once a second: by then programs that rotate logs expect it.
    private boolean isMoved() throws IOException {
        long now = System.nanoTime();
        if (now - lookedNanos < LOOK_NANOS) {
            return false;
        }
        lookedNanos = now;
        return !Files.exists(path)
                || (key != null
                        && !key.equals(Files.readAttributes(path, BasicFileAttributes.class)
                                .fileKey()));
    }

    private void putAside() throws IOException {
        if (keep == 0) {
            Files.deleteIfExists(path);
            return;
        }
        for (int number = keep - 1; number >= 1; number--) {
            Path from = aside(number);
            if (Files.exists(from)) {
                Files.move(from, aside(number + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(path, aside(1), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path aside(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    @Override
    public void close() throws IOException {
        @Nullable FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }

    /** Standard output, or any other stream that is not ours to close. */
    static LineSink of(OutputStream out) {
        return new LineSink() {
            @Override
            public void write(byte[] lines, int count) throws IOException {
                out.write(lines, 0, count);
                out.flush();
            }

            @Override
            public void close() {
                // Others write there too.
            }
        };
    }
}
