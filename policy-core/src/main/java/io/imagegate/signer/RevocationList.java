package io.imagegate.signer;

import io.imagegate.certificate.X509Reader;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * List of certificates that an authority revoked (RFC 5280): a complete one with a date of its next update. Whether the
 * authority signed it is checked when a signature is verified. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class RevocationList {

    private static final String DELTA = "2.5.29.27";
    private static final String DISTRIBUTION_POINT = "2.5.29.28";

    private final byte[] content;
    private final String fingerprint;
    private final Instant nextUpdate;

    private RevocationList(byte[] content, Instant nextUpdate) {
        this.content = content;
        this.nextUpdate = nextUpdate;
        // Computed once: every look-up compares it, and the list can be large.
        this.fingerprint = ContentHash.of(content);
    }

    /**
     * Reads a list.
     *
     * @param der the list in DER
     * @return the list
     * @throws IllegalArgumentException if it is none, is about some of the authority's certificates only, or has no next update
     */
    public static RevocationList of(byte[] der) {
        X509CRL crl = parse(der);
        requireComplete(crl);
        if (crl.getNextUpdate() == null) {
            throw new IllegalArgumentException("a CRL without a next update, expected the date until which it counts");
        }
        return new RevocationList(der.clone(), crl.getNextUpdate().toInstant());
    }

    private static X509CRL parse(byte[] der) {
        try {
            X509CRL crl = X509Reader.INSTALLED.crl(der);
            if (Arrays.equals(crl.getEncoded(), der)) {
                return crl;
            }
        } catch (CertificateException | CRLException e) {
            // The message is about encodings, in terms of Java.
        }
        throw new IllegalArgumentException(
                "no CRL that Java can read, expected one in DER or in PEM: -----BEGIN X509 CRL-----");
    }

    private static void requireComplete(X509CRL crl) {
        Set<String> extensions = new HashSet<>();
        if (crl.getNonCriticalExtensionOIDs() != null) {
            extensions.addAll(crl.getNonCriticalExtensionOIDs());
        }
        Set<String> critical = crl.getCriticalExtensionOIDs() == null ? Set.of() : crl.getCriticalExtensionOIDs();
        extensions.addAll(critical);
        if (extensions.contains(DELTA)) {
            throw new IllegalArgumentException("a delta CRL, expected the complete CRL of the authority");
        }
        if (extensions.contains(DISTRIBUTION_POINT)) {
            throw new IllegalArgumentException(
                    "a CRL of one distribution point (partitioned or indirect), expected the complete CRL of the authority");
        }
        if (!critical.isEmpty()) {
            throw new IllegalArgumentException("a CRL with the critical extension "
                    + critical.iterator().next() + ", which is not known; expected a plain one");
        }
        Set<? extends X509CRLEntry> entries = crl.getRevokedCertificates();
        if (entries != null && entries.stream().anyMatch(X509CRLEntry::hasUnsupportedCriticalExtension)) {
            throw new IllegalArgumentException(
                    "a CRL with a critical extension of an entry, which is not known; expected a plain one");
        }
    }

    /** {@return the list in DER} */
    public byte[] content() {
        return content.clone();
    }

    /** {@return the SHA-256 of the list, in hexadecimal} */
    public String fingerprint() {
        return fingerprint;
    }

    /** {@return the last instant at which the list counts} */
    public Instant nextUpdate() {
        return nextUpdate;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RevocationList that && fingerprint.equals(that.fingerprint);
    }

    @Override
    public int hashCode() {
        return fingerprint.hashCode();
    }

    /** {@return the fingerprint, for logs and debuggers} */
    @Override
    public String toString() {
        return "CRL sha256:" + fingerprint + " until " + nextUpdate;
    }
}
