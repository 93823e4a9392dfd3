package dev.gatehouse.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.model.AffinitySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** REQ-35: where the secret comes from, and what is said if it does not. */
class AffinitySecretTest {
    private final Upstream member = ChooserTest.member("a");

    @TempDir
    Path directory;

    @Test
    void variableAndFirstLineOfAFileAreOneSecret() throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), "s3cret \nsecond line\n");
        AffinitySecret ofFile = AffinitySecret.of(new AffinitySettings(null, file), name -> null);
        AffinitySecret ofVariable = AffinitySecret.of(new AffinitySettings("X", null), Map.of("X", " s3cret")::get);
        assertThat(ofFile.valueOf("web", member)).isEqualTo(ofVariable.valueOf("web", member));
    }

    @Test
    void withoutASettingEveryProcessHasItsOwn() throws Exception {
        AffinitySecret one = AffinitySecret.of(AffinitySettings.DEFAULT, name -> null);
        AffinitySecret two = AffinitySecret.of(AffinitySettings.DEFAULT, name -> null);
        assertThat(one.valueOf("web", member)).isNotEqualTo(two.valueOf("web", member));
        assertThat(one.valueOf("web", member)).isEqualTo(one.valueOf("web", member));
    }

    @Test
    void secretThatCannotBeHadIsRefusedWithPlaceCauseAndCure() throws Exception {
        Path empty = Files.createFile(directory.resolve("empty"));
        Path absent = directory.resolve("absent");
        assertRefused(new AffinitySettings("X", null), "affinity.secretEnv: the environment variable X is not set.");
        assertRefused(new AffinitySettings(null, absent), "affinity.secretFile: cannot read " + absent);
        assertRefused(new AffinitySettings(null, empty), "affinity.secretFile: the first line of " + empty);
        assertRefused(new AffinitySettings("X", absent), "affinity.secretFile: there is affinity.secretEnv as well.");
        assertThatThrownBy(() -> AffinitySecret.of(new AffinitySettings("X", null), name -> " "))
                .hasMessageContaining("X is empty");
    }

    private static void assertRefused(AffinitySettings settings, String words) {
        assertThatThrownBy(() -> AffinitySecret.of(settings, name -> null))
                .isInstanceOf(AffinitySecretException.class)
                .hasMessageStartingWith("local file, " + words)
                .hasMessageEndingWith("[REQ-35]");
    }
}
