package dev.gatehouse.tls;

import dev.gatehouse.model.HostText;
import dev.gatehouse.model.HttpListener;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of one socket, chosen by the name a client asks for as v2 does (TLS-10): exact names, then
 * wildcards in rule order; else the basic listener's; else the first listener's. Routing never depends on it
 * (TLS-11). Immutable, thread-safe.
 */
public final class SniKeyManager extends X509ExtendedKeyManager {
    private final List<Entry> entries;
    private final List<ListenerKey.Ready> keys = new ArrayList<>();
    private final Map<String, Integer> exact = new HashMap<>();
    private final List<Wildcard> wildcards = new ArrayList<>();
    private final int fallback;

    /**
     * A listener that has its key.
     *
     * @param listener an Https listener
     * @param key its key and chain
     */
    public record Entry(HttpListener listener, ListenerKey.Ready key) {}

    private record Wildcard(Pattern pattern, int index) {}

    /**
     * Arranges the certificates of one socket.
     *
     * @param entries in rule order (REQ-11), at least one
     */
    public SniKeyManager(List<Entry> entries) {
        this.entries = List.copyOf(entries);
        int firstBasic = -1;
        for (Entry entry : entries) {
            int index = keys.size();
            keys.add(entry.key());
            if (entry.listener().isBasic() && firstBasic < 0) {
                firstBasic = index;
            }
            entry.listener().hostNames().forEach(name -> add(name.toLowerCase(Locale.ROOT), index));
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("entries: empty (expected: a listener at least)");
        }
        fallback = Math.max(firstBasic, 0);
    }

    /**
     * What it was made of.
     *
     * @return in rule order
     */
    public List<Entry> entries() {
        return entries;
    }

    /**
     * The key for a server name.
     *
     * @param serverName the SNI name, or null if the client sent none
     * @return never empty-handed: a handshake must not decide routing
     */
    public ListenerKey.Ready keyFor(@Nullable String serverName) {
        return keys.get(indexFor(serverName));
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyType, engine == null ? null : engine.getHandshakeSession());
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyType, socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        List<String> aliases = new ArrayList<>();
        for (int index = 0; index < keys.size(); index++) {
            if (isOfType(index, keyType)) {
                aliases.add(Integer.toString(index));
            }
        }
        return aliases.isEmpty() ? null : aliases.toArray(String[]::new);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return keys.get(Integer.parseInt(alias)).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return keys.get(Integer.parseInt(alias)).privateKey();
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    private void add(String name, int index) {
        if (!HostText.hasWildcard(name)) {
            exact.putIfAbsent(name, index);
            return;
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        wildcards.add(new Wildcard(Pattern.compile(regex.toString()), index));
    }

    private int indexFor(@Nullable String serverName) {
        if (serverName == null) {
            return fallback;
        }
        String name = serverName.toLowerCase(Locale.ROOT);
        @Nullable Integer index = exact.get(name);
        if (index != null) {
            return index;
        }
        for (Wildcard wildcard : wildcards) {
            if (wildcard.pattern().matcher(name).matches()) {
                return wildcard.index();
            }
        }
        return fallback;
    }

    private @Nullable String alias(String keyType, @Nullable SSLSession handshake) {
        int index = indexFor(serverName(handshake));
        return isOfType(index, keyType) ? Integer.toString(index) : null;
    }

    private boolean isOfType(int index, String keyType) {
        return keys.get(index).privateKey().getAlgorithm().equals(keyType);
    }

    private static @Nullable String serverName(@Nullable SSLSession handshake) {
        if (handshake instanceof ExtendedSSLSession session) {
            for (SNIServerName name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName();
                }
            }
        }
        return null;
    }
}
