package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.ConfigurationReader;
import dev.gatehouse.config.LoadRequest;
import dev.gatehouse.config.LoadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When files are read again (config-model.md section 9). */
class WatchedFilesTest {
    @TempDir
    Path directory;

    private final WatchedFiles files = new WatchedFiles();
    private Path gateway;
    private Path local;

    @BeforeEach
    void write() throws Exception {
        gateway = Files.writeString(directory.resolve("gateway.json"), "{}");
        local = Files.writeString(directory.resolve("gatehouse.local.json"), "{}");
        Thread.sleep(100); // older than what follows by more than a clock's grain
    }

    private LoadResult load() throws IOException {
        return new ConfigurationReader().load(LoadRequest.of(gateway, Optional.empty()));
    }

    private boolean isReadAgain() {
        return IntStream.range(0, 4).anyMatch(look -> files.hasChanged());
    }

    @Test
    void filesAtRestAreNotReadAgain() throws Exception {
        Instant began = Instant.now();
        files.watch(load(), began);
        assertThat(isReadAgain()).isFalse();
    }

    @Test
    void changeAfterTheReadingAndBeforeTheWatchingIsSeen() throws Exception {
        Instant began = Instant.now();
        LoadResult loaded = load();
        Files.writeString(gateway, "{ }");
        files.watch(loaded, began);
        assertThat(isReadAgain()).isTrue();
    }

    @Test
    void olderFilePutInPlaceDuringTheReadingIsSeen() throws Exception {
        Path next = Files.writeString(directory.resolve("next"), "{ }");
        Files.setLastModifiedTime(next, FileTime.from(Instant.now().minusSeconds(3600)));
        Thread.sleep(100);
        Instant began = Instant.now();
        LoadResult loaded = load();
        Files.move(next, gateway, StandardCopyOption.REPLACE_EXISTING);
        files.watch(loaded, began);
        assertThat(isReadAgain()).isTrue();
    }

    @Test
    void fileThatIsGoneIsWaitedFor() throws Exception {
        files.watch(load(), Instant.now());
        Files.delete(local);
        assertThat(isReadAgain()).isFalse();
        Files.writeString(local, "{ \"scope\": {} }");
        assertThat(isReadAgain()).isTrue();
    }

    @Test
    void localFileThatComesIsSeen() throws Exception {
        Files.delete(local);
        files.watch(load(), Instant.now());
        Files.writeString(local, "{}");
        assertThat(isReadAgain()).isTrue();
    }
}
