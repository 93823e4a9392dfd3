package dev.gatehouse.tls;

import dev.gatehouse.model.HostText;
import dev.gatehouse.model.HttpListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * TLS of one socket. The name a client asks for chooses the listener, and with it certificate, policy and whether a client
 * certificate is asked for (TLS-10): exact names, then wildcards in rule order; else the basic listener; else the first
 * one. Routing never depends on it (TLS-11). Each listener has an SSL context of its own, so that no session made for the
 * one is resumed for another. Immutable, thread-safe.
 */
public final class SocketTls {
    private final List<ListenerIdentity> identities;
    private final List<ListenerContext> contexts;
    private final Map<String, Integer> exact = new HashMap<>();
    private final List<Wildcard> wildcards = new ArrayList<>();
    private final int fallback;
    private final boolean refusesStrangers;

    private record Wildcard(Pattern pattern, int index) {}

    private SocketTls(List<ListenerIdentity> identities, List<ListenerContext> contexts, boolean isV1) {
        this.identities = List.copyOf(identities);
        this.contexts = List.copyOf(contexts);
        int firstBasic = -1;
        for (int index = 0; index < identities.size(); index++) {
            HttpListener listener = identities.get(index).listener();
            if (listener.isBasic() && firstBasic < 0) {
                firstBasic = index;
            }
            for (String name : listener.hostNames()) {
                add(name.toLowerCase(Locale.ROOT), index);
            }
        }
        fallback = Math.max(firstBasic, 0);
        refusesStrangers = isV1
                && identities.stream()
                        .allMatch(identity -> !identity.listener().isBasic()
                                && identity.listener().requireServerNameIndication());
    }

    /**
     * Arranges the listeners of a socket.
     *
     * @param identities in rule order (REQ-11), at least one
     * @param isV1 whether a client that names none of the listeners is turned away where all of them require a name
     * @return a new one
     * @throws TlsConfigurationException if the JVM cannot use a key
     */
    public static SocketTls of(List<ListenerIdentity> identities, boolean isV1) throws TlsConfigurationException {
        if (identities.isEmpty()) {
            throw new IllegalArgumentException("identities: empty (expected: a listener at least)");
        }
        List<ListenerContext> contexts = new ArrayList<>();
        for (ListenerIdentity identity : identities) {
            contexts.add(ListenerContext.of(identity));
        }
        return new SocketTls(identities, contexts, isV1);
    }

    /**
     * The same, but what shows just what another showed goes on with its sessions.
     *
     * @param former what the socket has now
     * @return a copy
     */
    public SocketTls after(SocketTls former) {
        List<ListenerContext> kept = new ArrayList<>(contexts);
        for (int index = 0; index < kept.size(); index++) {
            ListenerIdentity identity = identities.get(index);
            for (int old = 0; old < former.identities.size(); old++) {
                ListenerIdentity before = former.identities.get(old);
                if (before.listener().name().equals(identity.listener().name()) && before.isShownAs(identity)) {
                    kept.set(index, former.contexts.get(old));
                }
            }
        }
        return new SocketTls(this, kept);
    }

    private SocketTls(SocketTls same, List<ListenerContext> contexts) {
        this.identities = same.identities;
        this.contexts = List.copyOf(contexts);
        this.exact.putAll(same.exact);
        this.wildcards.addAll(same.wildcards);
        this.fallback = same.fallback;
        this.refusesStrangers = same.refusesStrangers;
    }

    /**
     * What it was made of.
     *
     * @return in rule order
     */
    public List<ListenerIdentity> identities() {
        return identities;
    }

    /**
     * The listener for a server name.
     *
     * @param serverName the SNI name, or null if the client sent none
     * @return never empty-handed: a handshake must not decide routing
     */
    public ListenerIdentity identityFor(@Nullable String serverName) {
        int index = indexFor(serverName);
        return identities.get(index < 0 ? fallback : index);
    }

    /**
     * An engine for one connection, ready for the client's hello.
     *
     * @param serverName the SNI name, or null if the client sent none
     * @param applicationProtocols of ALPN, most wanted first, only such as the client offers; empty negotiates none
     * @return a new engine
     * @throws SSLHandshakeException if a v1 gateway turns the client away for its name
     */
    public SSLEngine engine(@Nullable String serverName, List<String> applicationProtocols)
            throws SSLHandshakeException {
        int index = indexFor(serverName);
        if (index < 0 && refusesStrangers) {
            throw new SSLHandshakeException("no listener of this socket has the name "
                    + (serverName == null ? "(none)" : serverName) + ", and all require one");
        }
        return contexts.get(index < 0 ? fallback : index).engine(applicationProtocols);
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
            return -1;
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
        return -1;
    }
}
