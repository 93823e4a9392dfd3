package dev.gatehouse.testkit;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates for tests, good and bad, with who issued them. Immutable. */
public final class TestCa {
    private static final AtomicLong SERIALS = new AtomicLong(1);

    private final X509Certificate certificate;
    private final KeyPair keys;
    private final Optional<TestCa> issuer;

    private TestCa(X509Certificate certificate, KeyPair keys, Optional<TestCa> issuer) {
        this.certificate = certificate;
        this.keys = keys;
        this.issuer = issuer;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public KeyPair keys() {
        return keys;
    }

    /** The certificate and those above it, without the root. */
    public List<X509Certificate> chain() {
        List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
        issuer.filter(above -> above.issuer.isPresent()).ifPresent(above -> chain.addAll(above.chain()));
        return chain;
    }

    public String pem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    public String keyPem() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** A root of a name, with a key of its own. */
    public static TestCa root(String name) {
        return new Draft("CN=" + name).authority().issue(Optional.empty());
    }

    /** A root whose time is over. */
    public static TestCa expiredRoot(String name, Instant end) {
        return new Draft("CN=" + name).authority().until(end).issue(Optional.empty());
    }

    /** An intermediate below this one. */
    public TestCa authority(String name) {
        return new Draft("CN=" + name).authority().by(this);
    }

    /** An intermediate whose time is over. */
    public TestCa expiredAuthority(String name, Instant end) {
        return new Draft("CN=" + name).authority().until(end).by(this);
    }

    /** A server's own certificate that nobody else issued. */
    public static TestCa selfSigned(String name, String... dns) {
        return new Draft("CN=" + name).names(dns).issue(Optional.empty());
    }

    /** A client's own certificate that nobody else issued and that names whom to ask about it. */
    public static TestCa selfSignedClient(String name, String responder) {
        return new Draft("CN=" + name).responder(responder).issue(Optional.empty());
    }

    /** What is to be issued. Confined to a test. */
    public static final class Draft {
        private final String subject;
        private Instant from = Instant.now().minus(Duration.ofDays(1));
        private Instant until = Instant.now().plus(Duration.ofDays(30));
        private boolean isAuthority;
        private final List<GeneralName> names = new ArrayList<>();
        private Optional<Integer> keyUsage = Optional.empty();
        private Optional<KeyPurposeId[]> purposes = Optional.empty();
        private Optional<String> responder = Optional.empty();

        public Draft(String subject) {
            this.subject = subject;
        }

        Draft authority() {
            isAuthority = true;
            keyUsage = Optional.of(KeyUsage.keyCertSign | KeyUsage.cRLSign);
            return this;
        }

        public Draft from(Instant time) {
            from = time;
            return this;
        }

        public Draft until(Instant time) {
            until = time;
            return this;
        }

        public Draft names(String... dns) {
            Arrays.stream(dns)
                    .map(name -> new GeneralName(GeneralName.dNSName, name))
                    .forEach(names::add);
            return this;
        }

        public Draft usage(int bits) {
            keyUsage = Optional.of(bits);
            return this;
        }

        public Draft purposes(KeyPurposeId... ids) {
            purposes = Optional.of(ids);
            return this;
        }

        public Draft responder(String address) {
            responder = Optional.of(address);
            return this;
        }

        public TestCa by(TestCa issuer) {
            return issue(Optional.of(issuer));
        }

        private TestCa issue(Optional<TestCa> issuer) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"));
                KeyPair keys = generator.generateKeyPair();
                X500Name name = new X500Name(subject);
                X500Name above = issuer.map(by -> X500Name.getInstance(
                                by.certificate.getSubjectX500Principal().getEncoded()))
                        .orElse(name);
                X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                        above,
                        BigInteger.valueOf(SERIALS.incrementAndGet() << 16 | 0x8123),
                        Date.from(from),
                        Date.from(until),
                        name,
                        keys.getPublic());
                extend(builder);
                var signer = new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(issuer.map(by -> by.keys).orElse(keys).getPrivate());
                X509Certificate made = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
                return new TestCa(made, keys, issuer);
            } catch (Exception e) {
                throw new IllegalStateException("cannot make a certificate for " + subject, e);
            }
        }

        private void extend(X509v3CertificateBuilder builder) throws Exception {
            if (isAuthority) {
                add(builder, Extension.basicConstraints, true, new BasicConstraints(true));
            }
            if (keyUsage.isPresent()) {
                add(builder, Extension.keyUsage, true, new KeyUsage(keyUsage.get()));
            }
            if (purposes.isPresent()) {
                add(builder, Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes.get()));
            }
            if (!names.isEmpty()) {
                GeneralNames all = new GeneralNames(names.toArray(GeneralName[]::new));
                add(builder, Extension.subjectAlternativeName, false, all);
            }
            if (responder.isPresent()) {
                GeneralName address = new GeneralName(GeneralName.uniformResourceIdentifier, responder.get());
                AccessDescription issuers = new AccessDescription(
                        AccessDescription.id_ad_caIssuers,
                        new GeneralName(GeneralName.uniformResourceIdentifier, "http://127.0.0.1:1/ca.cer"));
                AccessDescription ocsp = new AccessDescription(AccessDescription.id_ad_ocsp, address);
                add(
                        builder,
                        Extension.authorityInfoAccess,
                        false,
                        new AuthorityInformationAccess(new AccessDescription[] {issuers, ocsp}));
            }
        }

        private static void add(
                X509v3CertificateBuilder builder, ASN1ObjectIdentifier id, boolean isCritical, ASN1Encodable value)
                throws Exception {
            builder.addExtension(id, isCritical, value);
        }
    }
}
