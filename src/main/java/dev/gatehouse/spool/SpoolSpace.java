package dev.gatehouse.spool;

import dev.gatehouse.model.BufferingSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The memory and the disk that all bodies of a gateway share (REQ-7). Thread-safe, lock-free. */
public final class SpoolSpace {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolSpace.class);
    // DELETE_ON_CLOSE removes the name at once where the system can (Unix): the file is gone even if we are killed.
    private static final Set<StandardOpenOption> PRIVATE = Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    private static final FileAttribute<?>[] OWNER_ONLY =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];

    private final BufferingSettings settings;
    private final BufferPool buffers = new BufferPool();
    private final AtomicLong diskBytes = new AtomicLong();
    private final AtomicBoolean hasFailed = new AtomicBoolean();

    /**
     * Creates an empty one.
     *
     * @param settings its limits and directory
     */
    public SpoolSpace(BufferingSettings settings) {
        this.settings = settings;
    }

    /**
     * Its limits.
     *
     * @return as given
     */
    public BufferingSettings settings() {
        return settings;
    }

    /**
     * Buffers for copying.
     *
     * @return shared by all
     */
    public BufferPool buffers() {
        return buffers;
    }

    /**
     * Space for one body.
     *
     * @return empty; the caller closes it
     */
    public Spool newSpool() {
        return new Spool(this);
    }

    /**
     * What temporary files hold now.
     *
     * @return bytes of all bodies together
     */
    public long diskBytes() {
        return diskBytes.get();
    }

    boolean reserve(long bytes) {
        if (diskBytes.addAndGet(bytes) <= settings.totalDiskBytes()) {
            return true;
        }
        diskBytes.addAndGet(-bytes);
        return false;
    }

    void release(long bytes) {
        diskBytes.addAndGet(-bytes);
    }

    FileChannel open() throws IOException {
        Files.createDirectories(settings.directory()); // some containers name one that nobody made
        Path file = settings.directory().resolve("gatehouse-" + UUID.randomUUID() + ".body");
        FileChannel channel = FileChannel.open(file, PRIVATE, OWNER_ONLY);
        hasFailed.set(false);
        return channel;
    }

    /** A full disk makes every upload say so: one line until it works again. */
    void failed(IOException cause) {
        if (!hasFailed.getAndSet(true)) {
            LOG.warn(
                    "cannot keep a body in {} ({}); bodies are streamed as far as memory does not hold them."
                            + " Free space there, or name another directory in buffering.directory. [REQ-7]",
                    settings.directory(),
                    cause.toString());
        }
    }
}
