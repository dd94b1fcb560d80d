package io.imagegate.signer;

import io.imagegate.reference.Digest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Signer with keys: one party with its old and its new key.
 *
 * @param name the name, for messages
 * @param keys the keys, at least one; a signature by any of them counts
 * @param trust the logs and authorities that must confirm signatures; empty if none must
 * @since 0.1
 */
public record KeySigner(String name, List<SigningKey> keys, Optional<Trust> trust) implements Signer {

    /**
     * Refuses no keys.
     *
     * @param name the name, for messages
     * @param keys the keys, at least one
     * @param trust the logs and authorities that must confirm signatures
     */
    public KeySigner {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(trust, "trust");
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("signer \"" + name + "\": expected at least one key, got none");
        }
    }

    @Override
    public String identity() {
        return new ContentHash()
                .add("key")
                .addAll(keys.stream().map(SigningKey::content).toList())
                .add(trust.map(Trust::identity).orElse(""))
                .hex();
    }

    /**
     * {@return a copy whose signatures need evidence}
     *
     * @param evidence the logs and authorities that must confirm signatures
     */
    public KeySigner withTrust(Trust evidence) {
        return new KeySigner(name, keys, Optional.of(evidence));
    }

    /** {@return one by the key that expires last: keys expire in tests, too, unless evidence proves when it was made} */
    @Override
    public SignedBy assumed(Digest digest, Optional<Instant> at) {
        SigningKey latest =
                keys.stream().max(Comparator.comparing(KeySigner::end)).orElseThrow();
        SignedBy signed = SignedBy.of(this, Signatory.key(latest.fingerprint()), digest);
        boolean proven = trust.isPresent()
                && at.filter(made -> !made.isAfter(end(latest))).isPresent();
        return proven ? signed : signed.withInterval(Instant.MIN, end(latest));
    }

    private static Instant end(SigningKey key) {
        return key.notAfter().orElse(Instant.MAX);
    }

    /** {@return the keys, for messages} */
    @Override
    public String toString() {
        return (keys.size() == 1 ? "key " : "one of the keys ")
                + keys.stream().map(SigningKey::toString).collect(Collectors.joining(", "));
    }
}
