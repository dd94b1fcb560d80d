package io.imagegate.signature.cosign;

import io.imagegate.signature.crypto.VerificationKey;
import io.imagegate.signature.proof.Evidence;
import io.imagegate.signature.proof.Proof;
import io.imagegate.signature.proof.RequiredTrust;
import io.imagegate.signature.proof.SignerCheck;
import io.imagegate.signature.proof.Verification;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.SigningKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts signatures that one of some keys made. */
final class KeyCheck implements SignerCheck {

    private final KeySigner signer;
    private final List<Key> keys;
    private final @Nullable RequiredTrust trust;

    private record Key(VerificationKey read, String fingerprint, Optional<Instant> notAfter) {

        static Key of(SigningKey key) {
            return new Key(
                    VerificationKey.read("the key", key.publicKey().getEncoded()), key.fingerprint(), key.notAfter());
        }
    }

    KeyCheck(KeySigner signer) {
        this.signer = signer;
        keys = signer.keys().stream().map(Key::of).toList();
        trust = signer.trust().map(RequiredTrust::of).orElse(null);
    }

    @Override
    public Proof verify(Verification verification) {
        if (verification.signature().material().leaf().isPresent()) {
            throw Refusal.violated(
                    SignatureFault.MATERIAL, "signed with a certificate, expected a signature with " + signer);
        }
        Key key = keys.stream()
                .filter(candidate -> verification.isBy(candidate.read()))
                .findFirst()
                .orElseThrow(() -> Refusal.violated(
                        SignatureFault.SIGNATURE, "signed with another key or over other bytes, expected " + signer));
        Evidence evidence =
                trust == null ? Evidence.NONE : Evidence.require(trust, verification, verification.by(key.read()));
        Optional<Instant> end = end(key, evidence);
        if (end.filter(verification.at()::isAfter).isPresent()) {
            throw Refusal.violated(
                    SignatureFault.KEY,
                    "the key " + key.fingerprint() + " expired at " + end.get().truncatedTo(ChronoUnit.SECONDS)
                            + ", and no earlier time is proven");
        }
        return new Proof(
                Signatory.key(key.fingerprint()),
                evidence.times(),
                Optional.empty(),
                Stream.concat(end.stream(), evidence.until().stream()).min(Instant::compareTo),
                evidence.entries(),
                key.fingerprint());
    }

    /** {@return when the key expires; empty if the signature was made before that, or the key does not expire} */
    private static Optional<Instant> end(Key key, Evidence evidence) {
        return key.notAfter().filter(last -> evidence.times().stream().allMatch(time -> time.isAfter(last)));
    }
}
