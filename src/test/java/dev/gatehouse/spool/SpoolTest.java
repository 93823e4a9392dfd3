package dev.gatehouse.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.BufferingSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REQ-7: what is kept of a body, where, and that it is given back. */
class SpoolTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        // memory, disk, body, kept
        "0, 0, 10, 0",
        "10, 0, 10, 10",
        "10, 0, 11, 10",
        "10, 5, 15, 15",
        "10, 5, 16, 15",
        "65536, 0, 65536, 65536",
        "65537, 65536, 200000, 131073",
        "200000, 1000000, 900000, 900000",
        "0, 1000000, 900000, 900000",
    })
    void keepsAsMuchAsThereIsRoomFor(int memory, long disk, int body, int kept) throws IOException {
        SpoolSpace space = space(memory, disk, 1L << 30, directory);
        byte[] bytes = pattern(body);
        InputStream in = new ByteArrayInputStream(bytes);
        try (Spool spool = space.newSpool()) {
            boolean isWhole = spool.fill(in);
            assertThat(spool.length()).isEqualTo(kept);
            assertThat(isWhole).isEqualTo(kept == body && (kept < memory || kept - memory < disk));
            assertThat(contents(spool, in)).isEqualTo(bytes);
            assertThat(contents(spool, InputStream.nullInputStream())).hasSize(kept); // as often as wanted
            assertThat(space.diskBytes()).isEqualTo(Math.max(0, kept - memory));
            assertThat(directory).isEmptyDirectory(); // nobody can find the file, and nobody has to clean up
        }
        assertThat(space.diskBytes()).isZero();
    }

    @Test
    void bodiesShareTheDisk() throws IOException {
        SpoolSpace space = space(0, 1 << 20, 100_000, directory);
        try (Spool first = space.newSpool();
                Spool second = space.newSpool()) {
            assertThat(first.fill(new ByteArrayInputStream(pattern(30_000)))).isTrue();
            assertThat(second.fill(new ByteArrayInputStream(pattern(90_000)))).isFalse();
            assertThat(first.length() + second.length()).isBetween(30_000L, 100_000L);
        }
        try (Spool third = space.newSpool()) {
            assertThat(third.fill(new ByteArrayInputStream(pattern(30_000)))).isTrue();
        }
    }

    @Test
    void whatTheDiskRefusesIsNotLost() throws IOException {
        Path noDirectory = Files.createFile(directory.resolve("file"));
        SpoolSpace space = space(1_000, 1 << 20, 1 << 20, noDirectory);
        byte[] bytes = pattern(500_000);
        InputStream in = new ByteArrayInputStream(bytes);
        try (Spool spool = space.newSpool()) {
            assertThat(spool.fill(in)).isFalse();
            assertThat(contents(spool, in)).isEqualTo(bytes);
        }
        assertThat(space.diskBytes()).isZero();
    }

    @Test
    void directoryIsMadeIfItIsMissing() throws IOException {
        SpoolSpace space = space(0, 1 << 20, 1 << 20, directory.resolve("a/b"));
        try (Spool spool = space.newSpool()) {
            assertThat(spool.fill(new ByteArrayInputStream(pattern(500_000)))).isTrue();
        }
    }

    @Test
    void brokenStreamGivesAllBack() {
        SpoolSpace space = space(10, 1 << 20, 1 << 20, directory);
        InputStream broken = new InputStream() {
            private int left = 3;

            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (left-- == 0) {
                    throw new IOException("gone");
                }
                return Math.min(length, 100);
            }
        };
        try (Spool spool = space.newSpool()) {
            assertThatThrownBy(() -> spool.fill(broken)).hasMessage("gone");
            assertThat(spool.length()).isEqualTo(210);
        }
        assertThat(space.diskBytes()).isZero();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void buffersAreUsedAgain() throws IOException {
        SpoolSpace space = space(64 * 1024, 1 << 20, 1 << 20, directory);
        byte[] taken = space.buffers().take();
        space.buffers().give(taken);
        try (Spool spool = space.newSpool()) {
            spool.fill(new ByteArrayInputStream(pattern(100)));
            assertThat(space.buffers().take()).isNotSameAs(taken);
        }
        assertThat(space.buffers().take()).isSameAs(taken);
    }

    private static byte[] contents(Spool spool, InputStream rest) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        spool.writeTo(all);
        rest.transferTo(all);
        return all.toByteArray();
    }

    private static SpoolSpace space(int memory, long disk, long total, Path directory) {
        return new SpoolSpace(new BufferingSettings(memory, disk, total, directory, true));
    }

    private static byte[] pattern(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }
}
