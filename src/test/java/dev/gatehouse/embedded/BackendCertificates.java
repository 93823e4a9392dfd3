package dev.gatehouse.embedded;

import dev.gatehouse.testkit.TestCa;
import dev.gatehouse.testkit.TestCa.Draft;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** What backends may show, and what the settings say to it (TLS-40 to TLS-45). */
final class BackendCertificates {
    static final TestCa ROOT = TestCa.root("Backends Root");
    static final TestCa NAMESAKE = TestCa.root("Backends Root");
    static final TestCa OTHER = TestCa.root("Other Root");
    private static final TestCa MIDDLE = ROOT.authority("Backends Middle");
    static final TestCa SELF = TestCa.selfSigned("leaf", "site.test");
    static final TestCa PINNED = new Draft("CN=pinned")
            .names("pinned.test")
            .from(Instant.EPOCH)
            .until(Instant.ofEpochSecond(1_600_000_000))
            .by(OTHER);
    private static final Pattern NAMED = Pattern.compile("\"(?:sniName|hostName)\": \"([^\"]+)\"");
    private static final String SITE = "site.test";
    private static final String R = "\"trustedRootCertificates\": [{ \"id\": \"root\" }]";
    private static final String NOTHING = "\"path\": \"\"";
    private static final String NO_NAME = ", \"validateSNI\": false";
    private static final String NO_CHAIN = ", \"validateCertChainAndExpiry\": false";

    /**
     * One row.
     *
     * @param name what is special
     * @param shown who answers
     * @param sent what it sends
     * @param settings properties of the backend settings
     * @param member how the pool names it
     * @param host what the client asks for
     * @param refusal a word of the cause; empty if it is accepted
     */
    record Situation(
            String name,
            TestCa shown,
            List<X509Certificate> sent,
            String settings,
            String member,
            String host,
            String refusal) {
        /** What a probe asks for: its own host is its name (PRB-6), so it must be that of live traffic (TLS-42). */
        String probedName() {
            Matcher named = NAMED.matcher(settings);
            return named.find() ? named.group(1) : host;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private final List<Situation> rows = new ArrayList<>();

    private BackendCertificates() {}

    static List<Situation> all() {
        BackendCertificates table = new BackendCertificates();
        table.names();
        table.hosts();
        table.dates();
        table.chains();
        table.pins();
        return table.rows;
    }

    private void row(String name, TestCa shown, String settings, String refusal) {
        row(name, shown, shown.chain(), settings, SITE, refusal);
    }

    private void row(
            String name, TestCa shown, List<X509Certificate> sent, String settings, String host, String refusal) {
        rows.add(new Situation(name, shown, sent, settings, "127.0.0.1", host, refusal));
    }

    private static TestCa leaf(String... names) {
        return new Draft("CN=leaf").names(names).by(ROOT);
    }

    private void names() {
        row("right name", leaf(SITE), R, "");
        row("one of several names", leaf("a.test", SITE, "b.test"), R, "");
        row("wrong name", leaf("wrong.test"), R, "is not for the name");
        row("wrong name, validateSNI off", leaf("wrong.test"), R + NO_NAME, "");
        row("wrong name, chain not validated", leaf("wrong.test"), R + NO_CHAIN, "is not for the name");
        row("wrong name, both off", leaf("wrong.test"), R + NO_NAME + NO_CHAIN, "");
        row("name only as CN", new Draft("CN=" + SITE).by(ROOT), R, "");
        row("wrong CN, no other name", new Draft("CN=wrong.test").by(ROOT), R, "is not for the name");
        row("CN right, SAN wrong", new Draft("CN=" + SITE).names("wrong.test").by(ROOT), R, "is not for the name");
        row("name in upper case", leaf("SITE.TEST"), R, "");
        TestCa wildcard = leaf("*.site.test");
        row("wildcard", wildcard, wildcard.chain(), R, "www.site.test", "");
        row("wildcard and the bare name", wildcard, wildcard.chain(), R, SITE, "is not for the name");
        row("wildcard and two labels", wildcard, wildcard.chain(), R, "a.b.site.test", "is not for the name");
    }

    private void hosts() {
        TestCa site = leaf(SITE);
        row("hostName of the settings", site, site.chain(), R + ", \"hostName\": \"site.test\"", SITE, "");
        row("hostName is wrong", site, R + ", \"hostName\": \"wrong.test\"", "is not for the name");
        row("sniName", leaf("sni.test"), R + ", \"sniName\": \"sni.test\"", "");
        row(
                "sniName before hostName",
                leaf("sni.test"),
                R + ", \"sniName\": \"sni.test\", \"hostName\": \"x.test\"",
                "");
        row("sniName is wrong", site, R + ", \"sniName\": \"sni.test\"", "is not for the name");
        String pick = R + ", \"pickHostNameFromBackendAddress\": true";
        TestCa member = leaf("member.test");
        rows.add(new Situation("name of the member", member, member.chain(), pick, "member.test", "member.test", ""));
        rows.add(new Situation(
                "name of the member is wrong", site, site.chain(), pick, "member.test", "member.test", "is not for"));
        rows.add(new Situation(
                "member is an address: chain alone", site, site.chain(), pick, "127.0.0.1", "127.0.0.1", ""));
        TestCa stranger = new Draft("CN=x").names(SITE).by(OTHER);
        rows.add(new Situation(
                "member is an address, wrong root",
                stranger,
                stranger.chain(),
                pick,
                "127.0.0.1",
                "127.0.0.1",
                "leads to none"));
        row("client asks for an address", site, site.chain(), R, "127.0.0.1", "");
    }

    private void dates() {
        Instant now = Instant.now();
        Instant past = now.minus(Duration.ofHours(1));
        TestCa expired = new Draft("CN=leaf").names(SITE).until(past).by(ROOT);
        row("expired", expired, R, "has expired");
        row("expired, validateSNI off", expired, R + NO_NAME, "has expired");
        row("expired, chain not validated", expired, R + NO_CHAIN, "");
        TestCa both = new Draft("CN=leaf").names("wrong.test").until(past).by(ROOT);
        row("expired and wrong, chain not validated", both, R + NO_CHAIN, "is not for the name");
        TestCa early = new Draft("CN=leaf")
                .names(SITE)
                .from(now.plus(Duration.ofHours(1)))
                .by(ROOT);
        row("not yet valid", early, R, "is not yet valid");
        TestCa oldMiddle = ROOT.expiredAuthority("Old Middle", past);
        row("expired intermediate", new Draft("CN=leaf").names(SITE).by(oldMiddle), R, "has expired");
    }

    private void chains() {
        row("self-signed", SELF, R, "leads to none");
        row("self-signed, no roots", SELF, NOTHING, "leads to no public root");
        row("self-signed, uploaded", SELF, "\"trustedRootCertificates\": [{ \"id\": \"self\" }]", "");
        row("self-signed, chain not validated", SELF, R + NO_CHAIN, "");
        TestCa stranger = new Draft("CN=leaf").names(SITE).by(OTHER);
        row("wrong root", stranger, R, "no certificate of its issuer");
        row("wrong root, chain not validated", stranger, R + NO_CHAIN, "");
        row("wrong root, sent too", stranger, with(stranger, OTHER), R, SITE, "leads to none");
        row("root of the name, other key", new Draft("CN=leaf").names(SITE).by(NAMESAKE), R, "with another key");
        row("public roots alone", leaf(SITE), NOTHING, "leads to no public root");
        TestCa below = new Draft("CN=leaf").names(SITE).by(MIDDLE);
        row("intermediate sent", below, R, "");
        row("intermediate missing", below, List.of(below.certificate()), R, SITE, "no certificate of its issuer");
        row("root sent too", below, with(below, MIDDLE, ROOT), R, SITE, "");
        row("more than its chain", below, with(below, MIDDLE, OTHER), R, SITE, "");
        row(
                "intermediate first",
                below,
                List.of(MIDDLE.certificate(), below.certificate()),
                R,
                SITE,
                "is not the first");
        row("intermediates alone", MIDDLE, List.of(MIDDLE.certificate()), R, SITE, "is missing");
        row(
                "second of two roots",
                stranger,
                "\"trustedRootCertificates\": [{ \"id\": \"root\" }, { \"id\": \"other\" }]",
                "");
        row("root as DER", leaf(SITE), "\"trustedRootCertificates\": [{ \"id\": \"der\" }]", "");
        TestCa clientOnly = new Draft("CN=leaf")
                .names(SITE)
                .purposes(KeyPurposeId.id_kp_clientAuth)
                .by(ROOT);
        row("meant for clients", clientOnly, R, "was not accepted");
    }

    private void pins() {
        String pin = "\"authenticationCertificates\": [{ \"id\": \"pin\" }]";
        row("v1 certificate, expired and of another name", PINNED, pin, "");
        row("v1 certificate, other key", leaf(SITE), pin, "authenticationCertificates");
        row("v1 certificate and roots: roots count", PINNED, R + ", " + pin, "has expired");
        row("roots and v1 certificate: roots are enough", leaf(SITE), R + ", " + pin, "");
    }

    private static List<X509Certificate> with(TestCa leaf, TestCa... more) {
        List<X509Certificate> sent = new ArrayList<>(List.of(leaf.certificate()));
        List.of(more).forEach(each -> sent.add(each.certificate()));
        return sent;
    }
}
