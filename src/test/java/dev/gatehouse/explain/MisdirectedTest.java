package dev.gatehouse.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.LoadResult;
import dev.gatehouse.testkit.Corpus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** REQ-14: no way around the certificate that a listener asks of its clients. */
class MisdirectedTest {
    private static final LoadResult LOADED = Corpus.loadText(Shop.TEXT);
    private static final Explainer EXPLAINER =
            new Explainer(LOADED.configuration().orElseThrow(), LOADED.origins(), List.of());

    @ParameterizedTest
    @CsvSource({
        "https://www.shop.example/, www.shop.example, secure",
        "https://shop.example/, www.shop.example, secure",
        "https://10.0.0.9/, www.shop.example, secure", // no name: the first listener's certificate (TLS-10)
        "https://nobody.example/, www.shop.example, secure",
        "https://x.shop.example/, www.shop.example, ",
        "https://old.example/, www.shop.example, ",
        "https://admin.x.example/, www.shop.example, ",
        "https://www.shop.example/, old.example, legacy", // what asks nobody may be reached
        "https://old.example/, x.shop.example, regions"
    })
    void connectionOfAnotherListenerDoesNotLeadToOneThatAsks(String url, String host, @Nullable String listener)
            throws DescriptionException {
        Explanation explanation = EXPLAINER.explain(DescribedRequest.of(
                "GET", url, List.of("Host: " + host), DescribedRequest.DEFAULT_CLIENT, Optional.empty()));

        assertThat(explanation.listener()).isEqualTo(listener);
        assertThat(explanation.status() != null && explanation.status() == 421).isEqualTo(listener == null);
    }

    @Test
    void listenerOfTheConnectionIsNamed() throws DescriptionException {
        Explanation explanation = EXPLAINER.explain(DescribedRequest.of(
                "GET",
                "https://x.shop.example/",
                List.of("Host: www.shop.example"),
                DescribedRequest.DEFAULT_CLIENT,
                Optional.empty()));

        assertThat(explanation.because()).anySatisfy(reason -> {
            assertThat(reason.text()).contains("\"x.shop.example\"", "\"regions\"", "certificate");
            assertThat(Objects.requireNonNull(reason.origin()).path()).isEqualTo("httpListeners[2].name");
        });
    }
}
