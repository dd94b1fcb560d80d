package io.imagegate.signer;

import io.imagegate.text.Copies;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * NamedSigner whose short-lived certificate names an identity that an issuer of tokens confirmed.
 *
 * @param name the name, for messages
 * @param root the trusted root, which demands a log or a timestamp
 * @param issuer the issuer of the token, compared exactly
 * @param subject the identity in the certificate
 * @param certificate what the certificate must say about the build
 * @since 0.1
 */
public record SignerIdentity(
        String name, SignerTrust root, String issuer, PathGlob subject, Map<CertificateField, PathGlob> certificate)
        implements NamedSigner {

    /**
     * Refuses a root that proves no time.
     *
     * @param name the name, for messages
     * @param root the trusted root, which demands a log or a timestamp
     * @param issuer the issuer of the token, compared exactly
     * @param subject the identity in the certificate
     * @param certificate what the certificate must say about the build
     * @throws IllegalArgumentException if the root demands neither a log nor a timestamp
     */
    public SignerIdentity {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(subject, "subject");
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
    public Optional<SignerTrust> trust() {
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

    /** {@return the name, for messages} */
    @Override
    public String toString() {
        return name;
    }
}
