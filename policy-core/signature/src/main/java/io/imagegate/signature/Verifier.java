package io.imagegate.signature;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.form.SignatureForm;
import io.imagegate.signature.known.KnownForms;
import io.imagegate.signature.refusal.Fault;
import io.imagegate.signature.refusal.Refusal;
import java.security.Provider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signatures and attestations. Immutable and thread-safe; it does no I/O.
 *
 * <pre>{@code
 * Signer release = Signer.keys(List.of(SigningKey.read(Files.readAllBytes(Path.of("cosign.pub")))));
 * StoredSignature signature = StoredSignature.bundle(Files.readAllBytes(Path.of("api.sigstore.json")));
 * Artifact image = Artifact.of(Digest.parse("sha256:fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5"));
 * Verdict verdict = Verifier.create().verify(signature, image, release, Instant.now());
 * if (verdict instanceof Verdict.Verified verified && verified.content().isImageSignature()) {
 *     System.out.println(image + " is signed with " + verified.signatory());
 * } else {
 *     System.out.println(image + " is not signed by release: " + verdict);
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class Verifier {

    private final Crypto crypto;
    private final KnownForms forms;

    Verifier(@Nullable Provider provider, KnownForms forms) {
        this.crypto = new Crypto(provider);
        this.forms = forms;
    }

    /** {@return a verifier with the cryptography of the installed providers} */
    public static Verifier create() {
        return new Verifier(null, KnownForms.ALL);
    }

    /**
     * {@return a verifier with the cryptography of a provider} What the provider does not have is taken from the installed
     * ones.
     *
     * @param provider asked first, such as one for a hardware module
     */
    public static Verifier of(Provider provider) {
        return new Verifier(Objects.requireNonNull(provider, "provider"), KnownForms.ALL);
    }

    /**
     * Verifies a signature for one signer.
     *
     * @param signature the signature or attestation; any bytes
     * @param artifact what it must be about
     * @param signer who must have made it
     * @param at the instant at which keys and certificates without a proven time must hold
     * @return the verdict
     */
    public Verdict verify(StoredSignature signature, Artifact artifact, Signer signer, Instant at) {
        return verify(signature, artifact, List.of(signer), at).get(0);
    }

    /**
     * Verifies a signature for several signers, and reads it once.
     *
     * @param signature the signature or attestation; any bytes
     * @param artifact what it must be about
     * @param signers who may have made it
     * @param at the instant at which keys and certificates without a proven time must hold
     * @return a verdict for each signer, in their order
     */
    public List<Verdict> verify(StoredSignature signature, Artifact artifact, List<Signer> signers, Instant at) {
        Verification verification;
        try {
            SignatureForm form = forms.of(signature.layer());
            verification = new Verification(crypto, form, form.read(crypto, artifact.known(), signature.layer()), at);
        } catch (RuntimeException e) {
            Verdict verdict = verdict(e);
            return signers.stream().map(signer -> verdict).toList();
        }
        List<Verdict> verdicts = new ArrayList<>();
        for (Signer signer : signers) {
            verdicts.add(verify(verification, signer));
        }
        return List.copyOf(verdicts);
    }

    /**
     * Reads what a signature says of itself, for people. Nothing of it is verified.
     *
     * @param signature the signature or attestation; any bytes
     * @param artifact what it should be about
     * @return its claims
     */
    public Claims claims(StoredSignature signature, Artifact artifact) {
        try {
            return Claims.of(forms.of(signature.layer()).read(crypto, artifact.known(), signature.layer()));
        } catch (Refusal e) {
            return Claims.unreadable(e.message());
        } catch (RuntimeException e) {
            return Claims.unreadable(Refusal.internalError(e));
        }
    }

    private static Verdict verify(Verification verification, Signer signer) {
        try {
            String form = verification.form().name();
            if (!form.equals(signer.form())) {
                throw Refusal.violated(
                        Fault.MATERIAL,
                        "signed in the form of " + form + ", expected a signature in the form of " + signer.form()
                                + " with " + signer);
            }
            return verdict(verification, signer.verify(verification));
        } catch (RuntimeException e) {
            return verdict(e);
        }
    }

    /** Who signed is known before anything of the content is read. */
    private static Verdict verdict(Verification verification, SignatureProof proof) {
        try {
            return proof.of(verification.content());
        } catch (Refusal e) {
            boolean aboutElse = e.fault()
                    .filter(fault -> fault == Fault.DIGEST || fault == Fault.CONTENT)
                    .isPresent();
            Verdict.Unread unread =
                    new Verdict.Unread(proof.signatory(), proof.until(), e.predicateType(), e.message());
            return verdict(e, aboutElse ? Optional.empty() : Optional.of(unread));
        }
    }

    /** Anything but a refusal is a fault, of this program or of a provider, and lets nothing count. */
    private static Verdict verdict(RuntimeException thrown) {
        return thrown instanceof Refusal refusal
                ? verdict(refusal, Optional.empty())
                : new Verdict.Undecidable(Refusal.internalError(thrown));
    }

    private static Verdict verdict(Refusal refusal, Optional<Verdict.Unread> unread) {
        return refusal.fault()
                .<Verdict>map(fault -> new Verdict.Violated(Verdict.Code.of(fault), refusal.message(), unread))
                .orElseGet(() -> new Verdict.Undecidable(refusal.message(), unread));
    }
}
