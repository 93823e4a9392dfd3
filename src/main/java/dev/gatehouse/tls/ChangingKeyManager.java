package dev.gatehouse.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of a socket that outlives them: what {@link #become} puts in place is shown from the next full
 * handshake on. Connections that are open and sessions that are resumed do not notice, for neither asks a key manager.
 * Thread-safe.
 */
public final class ChangingKeyManager extends X509ExtendedKeyManager {
    private volatile Generation current;
    // JSSE picks an alias and fetches key and chain by it a moment later: that handshake ends with the keys it began.
    private volatile Generation former;

    private record Generation(int number, SniKeyManager keys) {}

    /**
     * Begins with the certificates that a socket has when it is opened.
     *
     * @param keys the first
     */
    public ChangingKeyManager(SniKeyManager keys) {
        current = new Generation(0, keys);
        former = current;
    }

    /**
     * Replaces all certificates. One thread at a time.
     *
     * @param next what is shown from now on
     */
    public void become(SniKeyManager next) {
        former = current;
        current = new Generation(former.number() + 1, next);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        Generation generation = current;
        return named(generation, generation.keys().chooseEngineServerAlias(keyType, issuers, engine));
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        Generation generation = current;
        return named(generation, generation.keys().chooseServerAlias(keyType, issuers, socket));
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        Generation generation = current;
        String @Nullable [] aliases = generation.keys().getServerAliases(keyType, issuers);
        if (aliases == null) {
            return null;
        }
        String[] named = new String[aliases.length];
        for (int i = 0; i < named.length; i++) {
            named[i] = generation.number() + "/" + aliases[i];
        }
        return named;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        @Nullable SniKeyManager keys = keysOf(alias);
        return keys == null ? null : keys.getCertificateChain(aliasWithin(alias));
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        @Nullable SniKeyManager keys = keysOf(alias);
        return keys == null ? null : keys.getPrivateKey(aliasWithin(alias));
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

    private static @Nullable String named(Generation generation, @Nullable String alias) {
        return alias == null ? null : generation.number() + "/" + alias;
    }

    private @Nullable SniKeyManager keysOf(String alias) {
        int number = Integer.parseInt(alias.substring(0, alias.indexOf('/')));
        Generation newest = current;
        if (newest.number() == number) {
            return newest.keys();
        }
        Generation older = former;
        return older.number() == number ? older.keys() : null;
    }

    private static String aliasWithin(String alias) {
        return alias.substring(alias.indexOf('/') + 1);
    }
}
