package dev.gatehouse.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.AffinitySettings;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.model.BackendTlsRules;
import dev.gatehouse.model.ConnectionDraining;
import dev.gatehouse.model.CookieAffinity;
import dev.gatehouse.model.HostOverride;
import dev.gatehouse.model.Protocol;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REQ-35: the cookies that bind a client to a member, as text. */
class AffinityTest {
    private static final String NAME = "ApplicationGatewayAffinity";
    // echo -en 'web\na:80' | openssl dgst -sha256 -hmac secret | cut -c1-32, and b likewise
    private static final String A = "454a7ddcb705a80b6790093c53435589";
    private static final String B = "f020d8e4c6d56b02b6da899c7869e01c";

    private final Upstream a = ChooserTest.member("a");
    private final Upstream b = ChooserTest.member("b");
    private Affinity affinity;

    @BeforeEach
    void make() throws Exception {
        affinity = affinity("web", NAME, List.of(a, b));
    }

    static Affinity affinity(String settings, String cookie, List<Upstream> members) throws Exception {
        AffinitySecret secret = AffinitySecret.of(new AffinitySettings("IT", null), name -> "secret");
        return Affinity.of(settings(settings, new CookieAffinity(true, cookie)), members, secret)
                .orElseThrow();
    }

    private static BackendHttpSettings settings(String name, CookieAffinity affinity) {
        return new BackendHttpSettings(
                name,
                80,
                Protocol.HTTP,
                Duration.ofSeconds(5),
                null,
                HostOverride.NONE,
                null,
                affinity,
                ConnectionDraining.DEFAULT,
                BackendTlsRules.DEFAULT,
                false);
    }

    @Test
    void bothCookiesAreSetAsAzureSetsThem() {
        assertThat(affinity.setCookies(a))
                .containsExactly(
                        "ApplicationGatewayAffinityCORS=" + A + "; Path=/; SameSite=None; Secure",
                        "ApplicationGatewayAffinity=" + A + "; Path=/");
    }

    @Test
    void valueTellsSettingsAndMembersApart() throws Exception {
        String other = affinity("other", NAME, List.of(a)).setCookies(a).get(1);
        assertThat(List.of(affinity.setCookies(a).get(1), affinity.setCookies(b).get(1), other))
                .doesNotHaveDuplicates()
                .allMatch(text -> text.matches(NAME + "=[0-9a-f]{32}; Path=/"));
    }

    @Test
    void instancesThatShareTheSecretKnowEachOthersCookies() throws Exception {
        Upstream elsewhere = ChooserTest.member("a");
        Affinity other = affinity("web", NAME, List.of(elsewhere));
        assertThat(other.setCookies(elsewhere)).isEqualTo(affinity.setCookies(a));
    }

    @Test
    void nothingIsMadeWhereAffinityIsOff() {
        assertThat(Affinity.of(settings("web", CookieAffinity.OFF), List.of(a), AffinitySecret.random()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            nullValues = "-",
            value = {
                "%N=%A | a",
                "%N=%B | b",
                "%NCORS=%B | b",
                "%NCORS=%B; %N=%A | a", // the plain one counts first, wherever it stands
                "%N=%A; %NCORS=%B | a",
                "%N=x; %NCORS=%B | b",
                "%N=x; %N=%A | a",
                "x=y; %N=%A; z | a",
                "x=y;%N=%A;z= | a",
                ";;; ;%N=%A | a",
                "%N=\"%A\" | a",
                "%N=\"%A | -",
                "%N=%A\" | -",
                "%N=%A , x | -",
                "%N=%A0 | -",
                "%N=0%A | -",
                "%N= %A | -",
                "%N =%A | -",
                "x%N=%A | -",
                "%NX=%A | -",
                "%NCORSX=%A | -",
                "n=%A | -",
                "%N | -",
                "%N= | -",
                "%N=; | -",
                "- | -",
                "x=y // %N=%A | a", // two fields
                "%N=ffffffffffffffffffffffffffffffff | -",
            })
    void cookieNamesItsMember(@Nullable String fields, @Nullable String expected) {
        String text = fields == null
                ? ""
                : fields.replace("%N", NAME).replace("%A", A).replace("%B", B);
        List<String> values = Arrays.asList(text.split(" // "));
        assertThat(affinity.memberOf(Collections.enumeration(values)))
                .isEqualTo("a".equals(expected) ? a : "b".equals(expected) ? b : null);
    }

    @Test
    @Timeout(5) // one pass over each is a millisecond; a second pass for every pair would be minutes
    void hostileCookiesAreBoundedWork() {
        String pairs = (NAME + "=" + "f".repeat(32) + ";").repeat(20_000);
        String quotes = (NAME + "=\"" + "f".repeat(31) + "\"").repeat(20_000);
        String blanks = NAME + "=" + "f".repeat(32) + " ".repeat(1_000_000);
        String semicolons = ";".repeat(1_000_000);
        for (String field : List.of(pairs, quotes, blanks, semicolons, NAME.repeat(50_000))) {
            assertThat(affinity.memberOf(Collections.enumeration(List.of(field))))
                    .isNull();
        }
    }
}
