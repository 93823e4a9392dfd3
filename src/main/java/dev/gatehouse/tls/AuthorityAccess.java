package dev.gatehouse.tls;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The little of DER (X.690) that must be read by hand: where a certificate's issuer can be asked. Stateless. */
final class AuthorityAccess {
    private static final String EXTENSION = "1.3.6.1.5.5.7.1.1"; // RFC 5280 §4.2.2.1
    private static final byte[] OCSP = Der.oid(1, 3, 6, 1, 5, 5, 7, 48, 1);
    private static final int HIGHEST_PORT = 65535;
    private static final int ADDRESS_TAG = 0x86; // [6] IMPLICIT IA5String

    private AuthorityAccess() {}

    /** The first OCSP responder with an http address; empty if there is none, or if the extension cannot be read. */
    static Optional<URI> ocsp(X509Certificate certificate) {
        byte @Nullable [] extension = certificate.getExtensionValue(EXTENSION);
        if (extension == null) {
            return Optional.empty();
        }
        try {
            ByteBuffer descriptions = content(content(ByteBuffer.wrap(extension)));
            while (descriptions.hasRemaining()) {
                ByteBuffer description = content(descriptions);
                byte[] method = new byte[OCSP.length];
                ByteBuffer whole = description.duplicate();
                content(description); // the method
                whole.limit(description.position());
                boolean isOcsp = whole.remaining() == OCSP.length && Arrays.equals(OCSP, read(whole, method));
                int tag = description.get(description.position()) & 0xFF;
                Optional<URI> address = isOcsp && tag == ADDRESS_TAG ? http(content(description)) : Optional.empty();
                if (address.isPresent()) {
                    return address;
                }
            }
            return Optional.empty();
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty(); // broken, so that nobody can be asked
        }
    }

    private static byte[] read(ByteBuffer from, byte[] into) {
        from.get(into);
        return into;
    }

    private static Optional<URI> http(ByteBuffer text) {
        try {
            URI address = new URI(StandardCharsets.US_ASCII.decode(text).toString());
            boolean isHttp = "http".equalsIgnoreCase(address.getScheme())
                    && address.getHost() != null
                    && address.getPort() <= HIGHEST_PORT;
            return isHttp ? Optional.of(address) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty(); // as if it were not there
        }
    }

    /** The key itself within a SubjectPublicKeyInfo, as RFC 6960 §4.1.1 hashes it. */
    static byte[] keyBits(byte[] publicKeyInfo) {
        ByteBuffer info = content(ByteBuffer.wrap(publicKeyInfo));
        content(info); // the algorithm
        ByteBuffer bits = content(info);
        bits.get(); // how many bits of the last byte do not count: none
        return read(bits, new byte[bits.remaining()]);
    }

    /** The content of the next element, which is passed over. */
    private static ByteBuffer content(ByteBuffer in) {
        in.get(); // the tag
        int length = in.get() & 0xFF;
        if (length > 0x84) {
            throw new IllegalArgumentException("length: " + length + " (expected: four bytes at most)");
        }
        if (length >= 0x80) {
            int bytes = length - 0x80;
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | in.get() & 0xFF;
            }
        }
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer content = in.slice(in.position(), length);
        in.position(in.position() + length);
        return content;
    }
}
