package dev.gatehouse.explain;

import dev.gatehouse.exchange.Routing.Routed;
import dev.gatehouse.model.AffinitySettings;
import dev.gatehouse.model.BackendHttpSettings;
import dev.gatehouse.upstream.AffinitySecret;
import dev.gatehouse.upstream.AffinitySecretException;
import dev.gatehouse.upstream.Upstream;
import java.util.Optional;

/** What affinity cookies do to a request (REQ-35, WS-15). Immutable. */
final class AffinityReasons {
    private final Reasons reasons;
    private final Optional<AffinitySecret> secret;
    private final String whyNoSecret;

    AffinityReasons(Reasons reasons, AffinitySettings settings) {
        this.reasons = reasons;
        Optional<AffinitySecret> found = Optional.empty();
        String why = "the secret is made when the gateway starts";
        if (settings.secretEnv() != null || settings.secretFile() != null) {
            try {
                found = Optional.of(AffinitySecret.of(settings, System::getenv));
            } catch (AffinitySecretException e) {
                why = "the secret cannot be had"; // the start says more; the rest can be explained all the same
            }
        }
        this.secret = found;
        this.whyNoSecret = why;
    }

    /** The secret of the gateway that is explained; empty if it is not known here. */
    Optional<AffinitySecret> secret() {
        return secret;
    }

    void tell(BackendHttpSettings settings, Routed routed, Optional<Upstream> named, Account account) {
        if (!settings.affinity().enabled()) {
            return;
        }
        String name = settings.affinity().cookieName();
        String text = named.isPresent()
                ? "its member is used also while it drains; the answer sets no cookie"
                : unnamed(name, routed);
        account.because(
                Step.BACKEND,
                reasons.of("backendHttpSettingsCollection/" + settings.name(), "cookieBasedAffinity"),
                "affinity cookie " + name + ": " + text);
    }

    private String unnamed(String name, Routed routed) {
        boolean isSent = routed.request().header("Cookie") != null;
        String doubt = isSent && secret.isEmpty()
                ? "whether the request's cookies name a member cannot be said (" + whyNoSecret + "); if not, "
                : "";
        return doubt + "the answer sets " + name + "CORS and " + name + " to the member that gives it";
    }
}
