package io.imagegate.signature;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.form.SignatureForm;
import io.imagegate.signature.format.ParsedSignature;
import io.imagegate.signature.known.KnownForms;
import io.imagegate.signature.proof.Proof;
import io.imagegate.signature.proof.SignerCheck;
import io.imagegate.signature.proof.Verification;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.trust.TrustedRoot;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import java.security.Provider;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signatures and attestations. Immutable and thread-safe; it does no I/O.
 *
 * <pre>{@code
 * Signer release = Signer.keys("release", List.of(SigningKey.read(Files.readString(Path.of("cosign.pub")))));
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
    private final SignerChecks checks;

    Verifier(@Nullable Provider provider, KnownForms forms) {
        this.crypto = new Crypto(provider);
        this.forms = forms;
        this.checks = new SignerChecks(forms);
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
     * Verifies a signature for several signers, and reads it once. For a signer that cannot be used the verdict is undecidable.
     *
     * @param signature the signature or attestation; any bytes
     * @param artifact what it must be about
     * @param signers who may have made it
     * @param at the instant at which keys and certificates without a proven time must hold
     * @return a verdict for each signer, in their order
     */
    public List<Verdict> verify(StoredSignature signature, Artifact artifact, List<Signer> signers, Instant at) {
        ReadSignature read;
        try {
            read = read(signature, artifact, at);
        } catch (RuntimeException e) {
            Verdict verdict = verdict(e);
            return signers.stream().map(signer -> verdict).toList();
        }
        return signers.stream().map(signer -> verify(read, signer)).toList();
    }

    /**
     * Refuses a signer for whom nothing could be verified, because a trusted root, a certificate or a list of revoked ones cannot be
     * read. Programs call it when they load a signer.
     *
     * @param signer the signer
     * @throws IllegalArgumentException if it cannot be used; the message names it and says why
     */
    public void requireUsable(Signer signer) {
        try {
            checks.of(signer);
        } catch (Refusal e) {
            throw new IllegalArgumentException(e.message(), e);
        }
    }

    /**
     * Refuses a text that is no trusted root.
     *
     * @param content the text of a {@code trusted_root.json}
     * @throws IllegalArgumentException if it is none; the message says what is wrong
     */
    public static void requireTrustedRoot(String content) {
        try {
            TrustedRoot unused = TrustedRoot.read(content);
        } catch (Refusal e) {
            throw new IllegalArgumentException(e.message(), e);
        }
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

    private ReadSignature read(StoredSignature signature, Artifact artifact, Instant at) {
        SignatureForm form = forms.of(signature.layer());
        ParsedSignature parsed = form.read(crypto, artifact.known(), signature.layer());
        return new ReadSignature(form, new Verification(crypto, parsed, at));
    }

    private Verdict verify(ReadSignature read, Signer signer) {
        try {
            Map<SignatureForm, SignerCheck> byForm = checks.of(signer);
            SignerCheck check = byForm.get(read.form());
            if (check == null) {
                String expected =
                        byForm.keySet().stream().map(SignatureForm::name).collect(Collectors.joining(" or "));
                throw Refusal.violated(
                        SignatureFault.MATERIAL,
                        "signed in the form of " + read.form().name() + ", expected a signature in the form of "
                                + expected + " with " + signer);
            }
            return verdict(read, check.verify(read.verification()));
        } catch (RuntimeException e) {
            return verdict(e);
        }
    }

    /** Who signed is known before anything of the content is read. */
    private static Verdict verdict(ReadSignature read, Proof proof) {
        try {
            return new Verdict.Verified(
                    proof.signatory(),
                    read.content(),
                    proof.times(),
                    proof.issued(),
                    proof.until(),
                    proof.entries().stream().map(LogRecord::of).distinct().toList(),
                    proof.key());
        } catch (Refusal e) {
            boolean aboutElse = e.fault()
                    .filter(fault -> fault == SignatureFault.DIGEST || fault == SignatureFault.CONTENT)
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
                .<Verdict>map(fault -> new Verdict.Violated(fault, refusal.message(), unread))
                .orElseGet(() -> new Verdict.Undecidable(refusal.message(), unread));
    }
}
