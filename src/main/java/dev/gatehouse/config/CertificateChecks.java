package dev.gatehouse.config;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.SslCertificate;
import dev.gatehouse.tls.CertificateFindings;
import dev.gatehouse.tls.ListenerKey;
import dev.gatehouse.tls.ListenerKeys;
import dev.gatehouse.tls.ListenerTls;
import dev.gatehouse.tls.TlsConfigurationException;
import dev.gatehouse.tls.TlsConfigurationException.Fault;
import dev.gatehouse.tls.TlsConfigurationException.Part;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Opens the certificates of listeners, the very way a start does, and says what it finds (VAL-36, CFG-21). Confined to
 * one load.
 */
final class CertificateChecks {
    private final LocalFile local;
    private final ListenerKeys keys;
    private final Function<HttpListener, ListenerTls> offers;
    private final Instant now;
    private final Problems problems;

    CertificateChecks(
            LocalFile local, Surroundings surroundings, Function<HttpListener, ListenerTls> offers, Problems problems) {
        this.offers = offers;
        this.local = local;
        this.keys = new ListenerKeys(local.settings(), surroundings.environment(), surroundings.clock());
        this.now = surroundings.clock().instant();
        this.problems = problems;
    }

    void check(Table<SslCertificate> certificates, Table<HttpListener> listeners, Uses uses) {
        Map<String, List<Table.Item<HttpListener>>> users = byCertificate(listeners);
        for (Table.Item<SslCertificate> item : certificates.items()) {
            item.value().ifPresent(certificate -> {
                if (uses.has(item.name())) {
                    check(certificate, item.object(), users.getOrDefault(ObjectNode.fold(item.name()), List.of()));
                } else {
                    uses.note(item.object(), "TLS-1", problems);
                }
            });
        }
    }

    private void check(SslCertificate certificate, ConfigObject object, List<Table.Item<HttpListener>> users) {
        try {
            ListenerKey key = keys.look(certificate);
            if (key instanceof ListenerKey.Ready ready) {
                Place place = place(certificate, object);
                new Dates(now, problems).check(ready.chain(), place);
                users.forEach(item -> {
                    checkKey(certificate, ready.chain().get(0), item);
                    checkNames(certificate, ready.chain().get(0), item);
                });
            } else if (key instanceof ListenerKey.Missing) {
                users.forEach(item -> warnOfMissingKey(certificate, object, item));
            }
        } catch (TlsConfigurationException e) {
            refuse(certificate, object, e);
        }
    }

    /** A listener that could not be read needs its key all the same once the rest is cured. */
    private static boolean isHttps(Table.Item<HttpListener> item) {
        return item.value()
                .map(listener -> listener.protocol() == Protocol.HTTPS)
                .orElseGet(() -> item.object()
                        .text("protocol")
                        .filter(Protocol.HTTP.azureName()::equalsIgnoreCase)
                        .isEmpty());
    }

    private static Map<String, List<Table.Item<HttpListener>>> byCertificate(Table<HttpListener> listeners) {
        Map<String, List<Table.Item<HttpListener>>> users = new HashMap<>();
        for (Table.Item<HttpListener> item : listeners.items()) {
            if (isHttps(item)) {
                item.object()
                        .reference("sslCertificate")
                        .map(id -> ObjectNode.fold(ReferenceText.of(id.text()).name()))
                        .ifPresent(name -> users.computeIfAbsent(name, key -> new ArrayList<>())
                                .add(item));
            }
        }
        return users;
    }

    private void refuse(SslCertificate certificate, ConfigObject object, TlsConfigurationException e) {
        Fault fault = e.fault().orElseThrow(() -> new IllegalStateException("a fault without parts", e));
        Place place = switch (fault.part()) {
            case DATA -> object.placeOf("data");
            case PASSWORD -> object.placeOf(object.isStated("password") ? "password" : "data");
            case LOCAL -> localPlace(certificate);
        };
        problems.error(
                "VAL-36",
                fault.part() == Part.LOCAL ? Kind.BINDING : Kind.RANGE,
                place,
                "the certificate " + Wording.quote(certificate.name()) + " cannot be used: " + fault.reason(),
                fault.cure());
    }

    private Place place(SslCertificate certificate, ConfigObject object) {
        return keys.localEntry(certificate).isEmpty() && object.isStated("data") && certificate.data() != null
                ? object.placeOf("data")
                : localPlace(certificate);
    }

    private Place localPlace(SslCertificate certificate) {
        return local.certificatePlace(keys.localEntry(certificate).orElse("*"));
    }

    /** TLS-21: every handshake would fail, and say nothing of why. */
    private void checkKey(SslCertificate certificate, X509Certificate leaf, Table.Item<HttpListener> item) {
        item.value()
                .map(offers)
                .filter(offer -> !offer.protocols().isEmpty())
                .flatMap(offer -> offer.objection(leaf.getPublicKey()))
                .ifPresent(objection -> problems.warn(
                        "TLS-21",
                        Kind.CONFLICT,
                        item.object().placeOf("sslCertificate"),
                        "nobody can be shown the certificate " + Wording.quote(certificate.name()) + ": " + objection
                                + "; the listener " + Wording.quote(item.name()) + " stays shut.",
                        "Use a certificate with another key, or a policy that has suites for it."));
    }

    /** VAL-36: clients would refuse to talk to this listener under its own name. */
    private void checkNames(SslCertificate certificate, X509Certificate leaf, Table.Item<HttpListener> item) {
        List<String> hostNames = item.value().map(HttpListener::hostNames).orElse(List.of());
        List<String> uncovered = CertificateFindings.uncovered(leaf, hostNames);
        if (!uncovered.isEmpty()) {
            problems.warn(
                    "VAL-36",
                    Kind.CONFLICT,
                    item.object().placeOf("sslCertificate"),
                    "the certificate " + Wording.quote(certificate.name()) + " does not cover "
                            + Wording.list(uncovered) + " of the listener " + Wording.quote(item.name())
                            + "; clients will refuse it.",
                    "Use a certificate whose SAN has the name; a wildcard there stands for one label.");
        }
    }

    /** CFG-21. */
    private void warnOfMissingKey(SslCertificate certificate, ConfigObject object, Table.Item<HttpListener> item) {
        Optional<String> cause = KeyData.standIn(object)
                .or(() -> Optional.ofNullable(certificate.hsmKeyId()).map(id -> "its key never leaves the HSM"))
                .or(() -> Optional.ofNullable(certificate.data()).map(data -> "data is a certificate alone"));
        problems.warn(
                "CFG-21",
                Kind.BINDING,
                item.object().placeOf("sslCertificate"),
                "the certificate " + Wording.quote(certificate.name()) + " has no private key here"
                        + cause.map(text -> " (" + text + ")").orElse("") + "; the listener "
                        + Wording.quote(item.name()) + " stays shut.",
                "Supply it in the local file: \"certificates\": { " + Wording.quote(certificate.name())
                        + ": { \"pfx\": \"site.pfx\" } }, or { \"selfSigned\": true } for development.");
    }
}
