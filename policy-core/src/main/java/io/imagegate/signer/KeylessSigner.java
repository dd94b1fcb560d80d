package io.imagegate.signer;

import io.imagegate.text.Copies;
import io.imagegate.text.SafeText;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Signer whose short-lived certificate names an identity that an issuer of tokens confirmed.
 *
 * @param name the name, for messages
 * @param root the trusted root, which demands a log or a timestamp
 * @param issuer the issuer of the token, compared exactly
 * @param subject the identity in the certificate
 * @param certificate what the certificate must say about the build
 * @since 0.1
 */
public record KeylessSigner(
        String name, Trust root, String issuer, PathGlob subject, Map<CertificateField, PathGlob> certificate)
        implements Signer {

    private static final int SHOWN = 200;

    /**
     * Refuses a root that proves no time.
     *
     * @param name the name, for messages
     * @param root the trusted root, which demands a log or a timestamp
     * @param issuer the issuer of the token, compared exactly
     * @param subject the identity in the certificate
     * @param certificate what the certificate must say about the build
     * @throws IllegalArgumentException if the issuer is empty, or the root demands neither a log nor a timestamp
     */
    public KeylessSigner {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(subject, "subject");
        if (issuer.isEmpty()) {
            throw new IllegalArgumentException("issuer: expected the address of who knows the identity, got none");
        }
        Map<CertificateField, PathGlob> sorted = new EnumMap<>(CertificateField.class);
        sorted.putAll(certificate);
        certificate = Copies.of(sorted);
        if (root.log() + root.timestamp() == 0) {
            throw new IllegalArgumentException("keyless certificates live for minutes, and trust \"" + root.name()
                    + "\" demands neither a log nor a timestamp that proves when one was used; expected log or timestamp"
                    + " of 1 or more in its require");
        }
    }

    @Override
    public Optional<Trust> trust() {
        return Optional.of(root);
    }

    @Override
    public boolean provesAge() {
        return true;
    }

    @Override
    public String identity() {
        return new ContentHash()
                .add("keyless")
                .add(root.identity())
                .add(issuer)
                .add(subject.toString())
                .addAll(certificate.entrySet().stream()
                        .map(entry -> entry.getKey().key() + " " + entry.getValue())
                        .toList())
                .hex();
    }

    /**
     * {@return a copy that demands one thing more of the certificate}
     *
     * @param field what the certificate says about the build
     * @param pattern the {@linkplain PathGlob glob} that must match it
     * @throws IllegalArgumentException if this is no glob
     */
    public KeylessSigner withCertificate(CertificateField field, String pattern) {
        Map<CertificateField, PathGlob> more = new HashMap<>(certificate);
        more.put(field, PathGlob.parse(pattern));
        return new KeylessSigner(name, root, issuer, subject, more);
    }

    /** {@return the identity, for messages} */
    @Override
    public String toString() {
        return "identity " + SafeText.quote(subject.toString(), SHOWN) + " of issuer " + SafeText.quote(issuer, SHOWN);
    }
}
