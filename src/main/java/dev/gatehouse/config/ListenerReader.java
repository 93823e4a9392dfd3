package dev.gatehouse.config;

import dev.gatehouse.document.Place;
import dev.gatehouse.document.Problem.Kind;
import dev.gatehouse.document.Problems;
import dev.gatehouse.document.Wording;
import dev.gatehouse.model.FrontendIpConfiguration;
import dev.gatehouse.model.FrontendPort;
import dev.gatehouse.model.HostText;
import dev.gatehouse.model.HttpListener;
import dev.gatehouse.model.Protocol;
import dev.gatehouse.model.SslCertificate;
import dev.gatehouse.model.SslProfile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Listeners (section 4.4). Confined to one load. */
final class ListenerReader {
    private final Table<FrontendIpConfiguration> frontends;
    private final Table<FrontendPort> ports;
    private final Table<SslCertificate> certificates;
    private final Table<SslProfile> profiles;
    private final ErrorPageReader pages;
    private final Problems problems;

    ListenerReader(
            Table<FrontendIpConfiguration> frontends,
            Table<FrontendPort> ports,
            Table<SslCertificate> certificates,
            Table<SslProfile> profiles,
            ErrorPageReader pages,
            Problems problems) {
        this.frontends = frontends;
        this.ports = ports;
        this.certificates = certificates;
        this.profiles = profiles;
        this.pages = pages;
        this.problems = problems;
    }

    Optional<HttpListener> listener(String name, ConfigObject object) {
        Optional<FrontendIpConfiguration> frontend =
                object.requiredReference("frontendIPConfiguration").flatMap(frontends::resolve);
        Optional<FrontendPort> port = object.requiredReference("frontendPort").flatMap(ports::resolve);
        Optional<Reference> certificateId = object.reference("sslCertificate");
        Optional<SslCertificate> certificate = certificateId.flatMap(certificates::resolve);
        Protocol protocol = object.choice("protocol", Protocols.BY_NAME)
                .orElse(certificateId.isPresent() ? Protocol.HTTPS : Protocol.HTTP);
        checkCertificate(object, protocol, certificateId.isPresent());
        Optional<SslProfile> profile = profile(object, protocol);
        Optional<List<String>> hostNames = hostNames(object);
        boolean requiresSni = object.flag("requireServerNameIndication", false);
        if (frontend.isEmpty() || port.isEmpty() || hostNames.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new HttpListener(
                name,
                frontend.get(),
                port.get(),
                protocol,
                hostNames.get(),
                certificate.orElse(null),
                requiresSni,
                profile.orElse(null),
                pages.pages(object)));
    }

    private Optional<SslProfile> profile(ConfigObject object, Protocol protocol) {
        Optional<Reference> reference = object.reference("sslProfile");
        if (reference.isPresent() && protocol == Protocol.HTTP) {
            problems.warn(
                    "TLS-30",
                    Kind.CONFLICT,
                    object.placeOf("sslProfile"),
                    "an Http listener does not use a TLS profile: it asks no client for a certificate.",
                    "Remove it, or make the listener Https.");
        }
        return reference.flatMap(profiles::resolve);
    }

    /** VAL-13. */
    private void checkCertificate(ConfigObject object, Protocol protocol, boolean namesCertificate) {
        if (protocol == Protocol.HTTP && namesCertificate) {
            problems.warn(
                    "VAL-13",
                    Kind.CONFLICT,
                    object.placeOf("sslCertificate"),
                    "an Http listener does not use a certificate.",
                    "Remove it, or make the listener Https.");
        }
        if (protocol == Protocol.HTTPS && !namesCertificate) {
            problems.error(
                    "VAL-13",
                    Kind.MISSING,
                    object.placeOf("sslCertificate"),
                    "an Https listener needs a certificate.",
                    "Refer to one of sslCertificates.");
        }
    }

    /** VAL-11, VAL-12. Lower case, without a last dot, each once; empty if one of them could not be read. */
    private Optional<List<String>> hostNames(ConfigObject object) {
        Optional<String> single = object.text("hostName").map(ListenerReader::fold);
        List<String> several = object.texts("hostNames").stream()
                .map(ListenerReader::fold)
                .filter(host -> !host.isEmpty())
                .toList();
        boolean isOpen = object.isStated("hostName") && single.isEmpty();
        if (isOpen
                || object.texts("hostNames").size() < object.array("hostNames").size()) {
            return Optional.empty();
        }
        checkBoth(object, single, several);
        checkRepeats(object, several);
        if (single.filter(HostText::hasWildcard).isPresent()) {
            problems.error(
                    "VAL-12",
                    Kind.RANGE,
                    object.placeOf("hostName"),
                    Wording.quote(single.orElse("")) + " holds a wildcard.",
                    "Put it into hostNames; hostName takes one plain name.");
        }
        Set<String> all = new LinkedHashSet<>(several);
        single.ifPresent(all::add);
        checkPatterns(object, several.isEmpty() ? "hostName" : "hostNames", all);
        return Optional.of(new ArrayList<>(all));
    }

    private void checkBoth(ConfigObject object, Optional<String> single, List<String> several) {
        if (single.isEmpty() || several.isEmpty()) {
            return;
        }
        Place place = object.placeOf("hostName");
        if (several.equals(List.of(single.get()))) {
            problems.warn("VAL-11", Kind.CONFLICT, place, "hostNames says the same already.", "Remove one of the two.");
        } else {
            problems.error(
                    "VAL-11",
                    Kind.CONFLICT,
                    place,
                    "the listener has hostName and hostNames, which differ.",
                    "Put all names into hostNames and remove hostName.");
        }
    }

    /** VAL-8 of one listener alone: nothing is lost, but a name may have been mistyped. */
    private void checkRepeats(ConfigObject object, List<String> hosts) {
        Set<String> seen = new HashSet<>();
        Set<String> repeated = new LinkedHashSet<>();
        hosts.stream().filter(host -> !seen.add(host)).forEach(repeated::add);
        for (String host : repeated) {
            problems.warn(
                    "VAL-8",
                    Kind.DUPLICATE,
                    object.placeOf("hostNames"),
                    "the host name " + Wording.quote(host) + " stands there more than once (case does not matter).",
                    "Remove the repetition, or write the name that was meant.");
        }
    }

    private void checkPatterns(ConfigObject object, String key, Set<String> hosts) {
        Place place = object.placeOf(key);
        for (String host : hosts) {
            Hosts.complaintAboutPattern(host)
                    .ifPresent(complaint -> problems.error(
                            "VAL-12",
                            Kind.RANGE,
                            place,
                            Wording.quote(host) + " " + complaint + ".",
                            "Write a host name such as \"www.contoso.com\" or \"*.contoso.com\"."));
            if (host.indexOf('_') >= 0) {
                problems.azure(
                        "VAL-12",
                        Kind.RANGE,
                        place,
                        Wording.quote(host) + " holds an underscore, which Azure does not take.",
                        "Use letters, digits, '-' and '.' if this goes back to Azure.");
            }
        }
        if (hosts.size() > Hosts.MOST_PER_LISTENER) {
            problems.error(
                    "VAL-12",
                    Kind.LIMIT,
                    place,
                    "the listener has " + hosts.size() + " host names, " + Hosts.MOST_PER_LISTENER + " are allowed.",
                    "Spread them over several listeners.");
        }
    }

    private static String fold(String host) {
        String folded = host.strip().toLowerCase(Locale.ROOT);
        return folded.endsWith(".") ? folded.substring(0, folded.length() - 1) : folded;
    }
}
