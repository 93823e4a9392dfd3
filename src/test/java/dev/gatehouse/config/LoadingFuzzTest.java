package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import dev.gatehouse.config.ConfigurationReader.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever a file holds, {@code check} says in good time and in plain words what is wrong with it, and where. The seed
 * is fixed; every file depends on its number alone, so a failure names the one file that repeats it. For a longer hunt:
 * {@code -Dgatehouse.fuzz.files=1000000 -Dgatehouse.fuzz.first=10000}.
 */
class LoadingFuzzTest {
    private static final Path SEEDS = Path.of("src/test/resources/dev/gatehouse/config/fuzz");
    private static final Path LOCAL_SEED = Path.of("src/test/resources/dev/gatehouse/config/local/every-key.jsonc");
    private static final Path SARIF = Path.of("src/test/resources/dev/gatehouse/config/sarif/sarif-schema-2.1.0.json");
    private static final int FILES = Integer.getInteger("gatehouse.fuzz.files", 10_000);
    private static final int FIRST = Integer.getInteger("gatehouse.fuzz.first", 0);
    private static final int SARIF_EVERY = 500;
    // By the wall clock, on a machine that may do other things.
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);
    private static final JsonMapper LENIENT = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    /** What is being read, for whoever watches. */
    private record Progress(int file, long since) {}

    @Test
    void everyMutatedFileIsReadOrRefusedWithAPlaceAndWithoutInternals() throws Exception {
        List<byte[]> seeds = seeds();
        byte[] local = Files.readAllBytes(LOCAL_SEED);
        Schema sarif = JsonSchemas.of(SARIF);
        AtomicReference<Progress> progress = new AtomicReference<>(new Progress(FIRST, System.nanoTime()));
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread worker = new Thread(
                () -> {
                    for (int file = FIRST; file < FIRST + FILES; file++) {
                        progress.set(new Progress(file, System.nanoTime()));
                        try {
                            check(file, seeds, local, sarif);
                        } catch (Throwable e) { // handed to the test below, with the number of the file
                            failure.set(new AssertionError("file " + file + ": " + e, e));
                            return;
                        }
                    }
                },
                "fuzz");
        worker.setDaemon(true);
        worker.start();
        while (!isOver(worker)) {
            Progress now = progress.get();
            if (System.nanoTime() - now.since() > LONGEST_SILENCE.toNanos()) {
                fail("file " + now.file() + " is still being read at " + List.of(worker.getStackTrace()));
            }
        }
        if (failure.get() != null) {
            throw new AssertionError(failure.get().getMessage(), failure.get());
        }
    }

    private static boolean isOver(Thread worker) throws InterruptedException {
        worker.join(500);
        return !worker.isAlive();
    }

    private void check(int file, List<byte[]> seeds, byte[] localSeed, Schema sarif) throws IOException {
        Random random = new Random(file * 1_000_003L);
        byte[] gateway = mutated(seeds.get(random.nextInt(seeds.size())), random);
        boolean hasLocal = random.nextInt(4) == 0;
        Optional<Source> local =
                hasLocal ? Optional.of(new Source("local.json", mutated(localSeed, random))) : Optional.empty();

        String log = BoundedLoad.of(gateway, local).sarif();
        if (file % SARIF_EVERY == 0) {
            assertThat(JsonSchemas.complaints(sarif, log)).isEmpty();
        }
    }

    private static byte[] mutated(byte[] seed, Random random) throws IOException {
        byte[] text = seed;
        if (random.nextInt(10) < 6) {
            JsonNode tree = LENIENT.readTree(seed);
            TreeMutations mutations = new TreeMutations(random);
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                mutations.mutate(tree);
            }
            text = LENIENT.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(tree)
                    .getBytes(StandardCharsets.UTF_8);
        }
        if (text == seed || random.nextInt(6) == 0) {
            ByteMutations mutations = new ByteMutations(random);
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                text = mutations.mutate(text);
            }
        }
        return text;
    }

    private static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        try (Stream<Path> files = Files.list(SEEDS)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                byte[] bytes = Files.readAllBytes(file);
                boolean hasMark = bytes.length > 2 && bytes[0] == (byte) 0xEF;
                seeds.add(hasMark ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes);
            }
        }
        assertThat(seeds).hasSizeGreaterThan(12);
        return seeds;
    }
}
