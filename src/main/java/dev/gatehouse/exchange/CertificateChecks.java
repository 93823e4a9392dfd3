package dev.gatehouse.exchange;

import dev.gatehouse.model.HttpListener;
import java.security.cert.X509Certificate;
import java.util.List;

/** Judges clients' certificates under one configuration (TLS-30 to TLS-34). Thread-safe. */
@FunctionalInterface
public interface CertificateChecks {
    /** No listener asks for a certificate; one that does lets nobody in. */
    CertificateChecks NONE = (listener, chain) -> new Verdict(false, "FAILED:nothing is known to judge it by");

    /**
     * What was found.
     *
     * @param isLetIn whether the request may go on
     * @param text {@code SUCCESS}, {@code NONE} or {@code FAILED:} with a reason in plain words (TLS-36)
     */
    record Verdict(boolean isLetIn, String text) {
        /** What is said of a client that showed no certificate. */
        public static final String NONE_SHOWN = "NONE";

        private static final String FAILED = "FAILED:";

        /**
         * Why it failed.
         *
         * @return plain words; empty if it did not fail
         */
        public String reason() {
            return text.startsWith(FAILED) ? text.substring(FAILED.length()) : "";
        }
    }

    /**
     * Judges what a client showed.
     *
     * @param listener whose profile asks for a certificate
     * @param chain the client's certificate first; empty if it showed none
     * @return whether it is let in, and why
     */
    Verdict judge(HttpListener listener, List<X509Certificate> chain);
}
