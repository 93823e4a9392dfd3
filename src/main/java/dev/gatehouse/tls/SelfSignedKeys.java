package dev.gatehouse.tls;

import dev.gatehouse.model.SslCertificate;
import dev.gatehouse.tls.SelfSignedCertificate.KeyType;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that the gateway made itself for one configuration ({@code selfSigned}). The next configuration's
 * begin with these, so that who trusts one need not look again after a reload: the same certificate name with the same
 * host names keeps its key. Filled by one thread while a configuration is planned, only read afterwards.
 */
public final class SelfSignedKeys {
    // Made anew while there is time to trust the new one; a reload is the only chance.
    private static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

    private final Map<Wanted, ListenerKey.Ready> former;
    private final Map<Wanted, ListenerKey.Ready> used = new LinkedHashMap<>();

    private record Wanted(String certificate, List<String> hostNames, KeyType type) {}

    private SelfSignedKeys(Map<Wanted, ListenerKey.Ready> former) {
        this.former = former;
    }

    /**
     * For the first configuration of a process.
     *
     * @return none made yet
     */
    public static SelfSignedKeys none() {
        return new SelfSignedKeys(Map.of());
    }

    /**
     * For the configuration after this one.
     *
     * @return keeps those that this one used and forgets what the next one does not ask for
     */
    public SelfSignedKeys next() {
        return new SelfSignedKeys(Map.copyOf(used));
    }

    ListenerKey.Ready key(SslCertificate certificate, List<String> hostNames, KeyType type, Instant now)
            throws GeneralSecurityException {
        Wanted wanted = new Wanted(
                certificate.name().toLowerCase(Locale.ROOT),
                hostNames.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList(),
                type);
        ListenerKey.@Nullable Ready key = used.getOrDefault(wanted, former.get(wanted));
        if (key == null || isEnding(key, now)) {
            key = make(hostNames, type, now);
        }
        used.put(wanted, key);
        return key;
    }

    private static boolean isEnding(ListenerKey.Ready key, Instant now) {
        return key.chain().get(0).getNotAfter().toInstant().isBefore(now.plus(RENEWED_BEFORE_END));
    }

    private static ListenerKey.Ready make(List<String> hostNames, KeyType type, Instant now)
            throws GeneralSecurityException {
        SelfSignedCertificate made = SelfSignedCertificate.create(type, hostNames, now);
        return new ListenerKey.Ready(made.privateKey(), List.of(made.certificate()));
    }
}
