package dev.gatehouse.embedded;

import dev.gatehouse.model.Gateway;
import dev.gatehouse.model.GatewayConfiguration;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.SslCertificate;
import dev.gatehouse.tls.CertificateFindings;
import dev.gatehouse.tls.JvmTls;
import dev.gatehouse.tls.ListenerKey;
import dev.gatehouse.tls.ListenerKeys;
import dev.gatehouse.tls.ListenerTls;
import dev.gatehouse.tls.PolicyOffer;
import dev.gatehouse.tls.TlsConfigurationException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of an Https listener. Immutable.
 *
 * @param listener the listener
 * @param from where its key is from
 * @param chain leaf first; empty if it is made at start, or missing
 * @param uncovered host names of the listener that it is not for
 * @param fault why the listener has none that can be used; empty if it has one
 */
record ListenerCertificate(
        HttpListener listener,
        String from,
        List<X509Certificate> chain,
        List<String> uncovered,
        Optional<String> fault) {
    /** Those of all Https listeners, in file order. */
    static List<ListenerCertificate> of(GatewayConfiguration configuration) {
        ListenerKeys keys = new ListenerKeys(configuration.local());
        Gateway gateway = configuration.gateway();
        JvmTls jvm = JvmTls.running();
        return gateway.httpListeners().stream()
                .filter(listener -> listener.protocol() == Protocol.HTTPS)
                .map(listener -> of(
                        listener,
                        keys,
                        PolicyOffer.of(gateway.tls().policyOf(listener), gateway.isV1(), jvm)
                                .possible()))
                .toList();
    }

    private static ListenerCertificate of(HttpListener listener, ListenerKeys keys, ListenerTls offer) {
        @Nullable SslCertificate certificate = listener.sslCertificate();
        if (certificate == null) {
            return new ListenerCertificate(
                    listener, "nowhere", List.of(), List.of(), Optional.of("it names no certificate"));
        }
        String from = keys.localEntry(certificate)
                .map(entry -> "certificates[\"" + entry + "\"] of the local file")
                .orElse("sslCertificates/" + certificate.name());
        try {
            ListenerKey key = keys.look(certificate);
            if (key instanceof ListenerKey.Ready ready) {
                List<String> uncovered =
                        CertificateFindings.uncovered(ready.chain().get(0), listener.hostNames());
                Optional<String> objection =
                        offer.objection(ready.chain().get(0).getPublicKey());
                return new ListenerCertificate(listener, from, ready.chain(), uncovered, objection);
            }
            return key instanceof ListenerKey.Missing missing
                    ? new ListenerCertificate(listener, from, List.of(), List.of(), Optional.of(missing.reason()))
                    : new ListenerCertificate(
                            listener, "self-signed, made at start", List.of(), List.of(), Optional.empty());
        } catch (TlsConfigurationException e) {
            return new ListenerCertificate(
                    listener, from, List.of(), List.of(), Optional.of(String.valueOf(e.getMessage())));
        }
    }
}
