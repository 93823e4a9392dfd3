package dev.gatehouse.spool;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * A body being kept: appended at its end, read anywhere, as often as wanted. What memory does not hold goes to a
 * temporary file. One thread may append while another reads what is there already; whoever closes it must be the last.
 */
public final class Spool implements AutoCloseable {
    private static final int PIECE = BufferPool.BUFFER_BYTES;

    private final SpoolSpace space;
    private final int memoryBytes;
    private final byte[] @Nullable [] pieces;
    private @Nullable FileChannel file;
    private byte @Nullable [] scratch;
    private byte @Nullable [] overhang; // what the disk refused after it was read
    private volatile long fileBytes;
    private volatile long length;

    Spool(SpoolSpace space) {
        this.space = space;
        this.memoryBytes = space.settings().memoryBytes();
        this.pieces = new byte[(memoryBytes + PIECE - 1) / PIECE][];
    }

    /**
     * How much is kept.
     *
     * @return bytes
     */
    public long length() {
        return length;
    }

    /**
     * Takes from a stream until it ends or no room is left. Nothing that was read is lost, whatever happens.
     *
     * @param in where bytes come from
     * @return true if it ended, false if more may follow
     * @throws IOException if the stream failed; the disk's failures end the room instead
     */
    public boolean fill(InputStream in) throws IOException {
        int count = take(in);
        while (count > 0) {
            count = take(in);
        }
        return count < 0;
    }

    /**
     * Takes what one read of a stream gives.
     *
     * @param in where bytes come from
     * @return bytes taken; -1 at the stream's end; 0 if no room is left
     * @throws IOException if the stream failed
     */
    public int take(InputStream in) throws IOException {
        long at = length;
        if (at < memoryBytes) {
            int offset = (int) (at % PIECE);
            int count = in.read(piece((int) (at / PIECE)), offset, (int) Math.min(PIECE - offset, memoryBytes - at));
            length = at + Math.max(count, 0);
            return count;
        }
        return overhang == null && hasRoomOnDisk() ? takeToDisk(in) : 0;
    }

    private byte[] piece(int index) {
        byte[] piece = pieces[index];
        if (piece == null) {
            piece = space.buffers().take();
            pieces[index] = piece;
        }
        return piece;
    }

    private boolean hasRoomOnDisk() {
        return fileBytes < space.settings().diskBytes();
    }

    private int takeToDisk(InputStream in) throws IOException {
        long before = length; // only this thread appends
        long room = Math.min(PIECE, space.settings().diskBytes() - fileBytes);
        if (!space.reserve(room)) {
            return 0;
        }
        byte[] buffer = scratch();
        int count = -1;
        int kept = 0;
        try {
            count = in.read(buffer, 0, (int) room);
            kept = count > 0 && toDisk(buffer, count) ? count : 0;
        } finally {
            space.release(room - kept);
        }
        if (count > 0 && kept == 0) {
            overhang = buffer;
            scratch = null;
        }
        length = before + Math.max(count, 0);
        return count;
    }

    private byte[] scratch() {
        byte[] buffer = scratch;
        if (buffer == null) {
            buffer = space.buffers().take();
            scratch = buffer;
        }
        return buffer;
    }

    private boolean toDisk(byte[] buffer, int count) {
        try {
            FileChannel channel = file;
            if (channel == null) {
                channel = space.open();
                file = channel;
            }
            long before = fileBytes;
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
            while (bytes.hasRemaining()) {
                channel.write(bytes, before + bytes.position());
            }
            fileBytes = before + count;
            return true;
        } catch (IOException e) {
            space.failed(e);
            return false;
        }
    }

    /**
     * Copies what is kept.
     *
     * @param position first byte wanted, 0 for the beginning
     * @param target takes the bytes
     * @param offset where in it
     * @param limit most bytes wanted
     * @return how many were copied; 0 if there are none at that position yet
     * @throws IOException if the temporary file cannot be read
     */
    public int read(long position, byte[] target, int offset, int limit) throws IOException {
        int count = (int) Math.min(limit, length - position);
        if (count <= 0) {
            return 0;
        }
        if (position < memoryBytes) {
            return fromMemory(position, target, offset, count);
        }
        long inFile = position - memoryBytes;
        if (inFile < fileBytes) {
            ByteBuffer bytes = ByteBuffer.wrap(target, offset, (int) Math.min(count, fileBytes - inFile));
            return file().read(bytes, inFile);
        }
        System.arraycopy(overhang(), (int) (inFile - fileBytes), target, offset, count);
        return count;
    }

    private int fromMemory(long position, byte[] target, int offset, int count) {
        int at = (int) (position % PIECE);
        int there = (int) Math.min(Math.min(count, PIECE - at), memoryBytes - position);
        System.arraycopy(piece((int) (position / PIECE)), at, target, offset, there);
        return there;
    }

    /**
     * Writes all that is kept, from its beginning.
     *
     * @param out takes it
     * @throws IOException if it cannot be written, or the temporary file not be read
     */
    public void writeTo(OutputStream out) throws IOException {
        int inMemory = (int) Math.min(length, memoryBytes);
        for (int at = 0; at < inMemory; at += PIECE) {
            out.write(piece(at / PIECE), 0, Math.min(PIECE, inMemory - at));
        }
        if (length > inMemory) {
            writeRest(out, inMemory);
        }
    }

    private void writeRest(OutputStream out, long from) throws IOException {
        byte[] buffer = space.buffers().take();
        try {
            long at = from;
            for (int count = read(at, buffer, 0, PIECE); count > 0; count = read(at, buffer, 0, PIECE)) {
                out.write(buffer, 0, count);
                at += count;
            }
        } finally {
            space.buffers().give(buffer);
        }
    }

    private FileChannel file() {
        if (file == null) {
            throw new IllegalStateException("fileBytes: " + fileBytes + " (expected: 0 without a file)");
        }
        return file;
    }

    private byte[] overhang() {
        if (overhang == null) {
            throw new IllegalStateException("length: " + length + " (expected: no more than is kept)");
        }
        return overhang;
    }

    /** Gives memory and disk back. */
    @Override
    public void close() {
        for (int i = 0; i < pieces.length; i++) {
            give(pieces[i]);
            pieces[i] = null;
        }
        give(scratch);
        scratch = null;
        give(overhang);
        overhang = null;
        closeFile();
        length = 0;
    }

    private void give(byte @Nullable [] buffer) {
        if (buffer != null) {
            space.buffers().give(buffer);
        }
    }

    private void closeFile() {
        FileChannel channel = file;
        if (channel == null) {
            return;
        }
        file = null;
        space.release(fileBytes);
        fileBytes = 0;
        try {
            channel.close();
        } catch (IOException e) {
            space.failed(e);
        }
    }
}
