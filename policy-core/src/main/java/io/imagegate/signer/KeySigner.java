package io.imagegate.signer;

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

    /** {@return the keys, for messages} */
    @Override
    public String toString() {
        return (keys.size() == 1 ? "key " : "one of the keys ")
                + keys.stream().map(SigningKey::toString).collect(Collectors.joining(", "));
    }
}
