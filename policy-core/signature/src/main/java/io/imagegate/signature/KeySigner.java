package io.imagegate.signature;

import io.imagegate.signature.refusal.Fault;
import io.imagegate.signature.refusal.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts signatures that one of some keys made. */
final class KeySigner extends Signer {

    private final List<SigningKey> keys;
    private final @Nullable Trust trust;

    KeySigner(List<SigningKey> keys, @Nullable Trust trust) {
        super(keys.stream().map(SigningKey::toString).toList(), Optional.ofNullable(trust));
        this.keys = List.copyOf(keys);
        this.trust = trust;
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a signer by key: expected a key, got none");
        }
    }

    @Override
    SignatureProof verify(Verification verification) {
        if (verification.signature().material().leaf().isPresent()) {
            throw Refusal.violated(Fault.MATERIAL, "signed with a certificate, expected a signature with " + this);
        }
        SigningKey key = keys.stream()
                .filter(candidate -> verification.isBy(candidate.key()))
                .findFirst()
                .orElseThrow(() -> Refusal.violated(
                        Fault.SIGNATURE, "signed with another key or over other bytes, expected " + this));
        Evidence evidence =
                trust == null ? Evidence.NONE : Evidence.require(trust, verification, verification.by(key.key()));
        Optional<Instant> end = end(key, evidence);
        if (end.filter(verification.at()::isAfter).isPresent()) {
            throw Refusal.violated(
                    Fault.KEY,
                    "the key " + key.name() + " expired at " + end.get().truncatedTo(ChronoUnit.SECONDS)
                            + ", and no earlier time is proven");
        }
        return new SignatureProof(
                new Signatory(Signatory.Kind.KEY, key.name(), ""),
                evidence.times(),
                Optional.empty(),
                Stream.concat(end.stream(), evidence.until().stream()).min(Instant::compareTo),
                evidence.entries(),
                key.name());
    }

    /** {@return when the key expires; empty if the signature was made before that, or the key does not expire} */
    private static Optional<Instant> end(SigningKey key, Evidence evidence) {
        return key.notAfter().filter(last -> evidence.times().stream().allMatch(time -> time.isAfter(last)));
    }

    @Override
    public String toString() {
        return (keys.size() == 1 ? "key " : "one of the keys ")
                + keys.stream().map(Objects::toString).collect(Collectors.joining(", "));
    }
}
