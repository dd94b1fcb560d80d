package io.imagegate.signer;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * NamedSigner with keys: one party with its old and its new key.
 *
 * @param name the name, for messages
 * @param keys the keys, at least one; a signature by any of them counts
 * @param trust the logs and authorities that must confirm signatures; empty if none must
 * @since 0.1
 */
public record SignerKeys(String name, List<SignerKey> keys, Optional<SignerTrust> trust) implements NamedSigner {

    /**
     * Refuses no keys.
     *
     * @param name the name, for messages
     * @param keys the keys, at least one
     * @param trust the logs and authorities that must confirm signatures
     */
    public SignerKeys {
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
                .addAll(keys.stream().map(SignerKey::content).toList())
                .add(trust.map(SignerTrust::identity).orElse(""))
                .hex();
    }

    /** {@return the name, for messages} */
    @Override
    public String toString() {
        return name;
    }
}
