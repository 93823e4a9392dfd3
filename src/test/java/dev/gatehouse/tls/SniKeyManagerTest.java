package dev.gatehouse.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.SslCertificate;
import dev.gatehouse.tls.SelfSignedCertificate.KeyType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS-10, the column of v2. */
class SniKeyManagerTest {
    private static final Map<String, SniKeyManager.Entry> LISTENERS = new HashMap<>();

    @BeforeAll
    static void makeListeners() throws Exception {
        add("exact", KeyType.EC_P256, "www.example.com", "Shop.example.com");
        add("narrow", KeyType.EC_P256, "*.eu.example.com");
        add("wide", KeyType.RSA_2048, "*.example.com", "img?.example.org");
        add("basic", KeyType.EC_P256);
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.com, exact",
        "WWW.Example.Com, exact",
        "shop.example.com, exact",
        "a.eu.example.com, narrow",
        "a.b.eu.example.com, narrow",
        "a.example.com, wide",
        "a.b.example.com, wide",
        "img7.example.org, wide",
        "img77.example.org, basic",
        "example.com, basic",
        "unknown.test, basic",
        ", basic"
    })
    void certificateIsChosenByName(String serverName, String listener) {
        SniKeyManager keys = manager("wide", "narrow", "exact", "basic");
        SniKeyManager narrowFirst = manager("narrow", "wide", "basic", "exact");

        assertThat(narrowFirst.keyFor(serverName))
                .isSameAs(LISTENERS.get(listener).key());
        String inRuleOrder = listener.equals("narrow") ? "wide" : listener;
        assertThat(keys.keyFor(serverName)).isSameAs(LISTENERS.get(inRuleOrder).key());
    }

    @Test
    void withoutABasicListenerTheFirstInRuleOrderAnswersForUnknownNamesAndForNone() {
        SniKeyManager keys = manager("narrow", "exact");

        assertThat(keys.keyFor("unknown.test")).isSameAs(LISTENERS.get("narrow").key());
        assertThat(keys.keyFor(null)).isSameAs(LISTENERS.get("narrow").key());
    }

    @Test
    void aliasIsGivenOnlyForTheKeyTypeThatIsThere() {
        SniKeyManager keys = manager("basic");

        assertThat(keys.chooseEngineServerAlias("EC", null, null)).isNotNull();
        assertThat(keys.chooseEngineServerAlias("RSA", null, null)).isNull();
        assertThat(keys.getServerAliases("RSA", null)).isNull();
    }

    private static SniKeyManager manager(String... names) {
        return new SniKeyManager(List.of(names).stream().map(LISTENERS::get).toList());
    }

    private static void add(String name, KeyType type, String... hostNames) throws Exception {
        SelfSignedCertificate made = Samples.made(type, hostNames);
        LISTENERS.put(
                name,
                new SniKeyManager.Entry(
                        Samples.listener(name, new SslCertificate(name, null, null, null), hostNames),
                        new ListenerKey.Ready(made.privateKey(), List.of(made.certificate()))));
    }
}
