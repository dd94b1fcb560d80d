package io.imagegate.cli.inspect;

import io.imagegate.cli.verify.VerdictText;
import io.imagegate.reference.Digest;
import io.imagegate.signature.Claims;
import io.imagegate.signature.SignedContent;
import io.imagegate.signature.Verdict;
import io.imagegate.signature.Verifier;
import io.imagegate.signature.search.SignatureFinding;
import io.imagegate.text.SafeText;
import java.time.Instant;
import java.util.Optional;

/**
 * One signature or attestation of an image.
 *
 * @param manifest where it was found
 * @param layer which layer of the manifest it is
 * @param kind what it is, in one word such as {@code attestation}
 * @param predicateType type of an attestation; empty for others
 * @param signatory who made it: as was verified, or else as it says
 * @param time when it existed: as was verified, or else as it says
 * @param verified whether it verified
 * @param detail evidence if it verified, or else why not
 */
record FoundSignature(
        Digest manifest,
        int layer,
        String kind,
        String predicateType,
        String signatory,
        Optional<Instant> time,
        boolean verified,
        String detail) {

    private static final int LONGEST_TYPE = 300;
    private static final String NO_SIGNER = "no key given";

    /** {@return what is shown of a signature that was found; nothing of its content is kept} */
    static FoundSignature of(SignatureFinding finding, boolean withRoot) {
        Claims claims = finding.signature()
                .map(signature -> Verifier.create().claims(signature, finding.artifact()))
                .orElseGet(
                        () -> new Claims(false, Optional.empty(), "", Optional.empty(), "it is not as it is listed"));
        Optional<Verdict> verdict = finding.verdicts().stream().findFirst();
        if (verdict.isPresent() && verdict.get() instanceof Verdict.Verified made) {
            return of(finding, made, VerdictText.maker(made, withRoot));
        }
        String reason = verdict.map(VerdictText::reason).orElse(NO_SIGNER);
        return new FoundSignature(
                finding.manifest(),
                finding.layer(),
                claims.problem().isEmpty() ? kind(claims.imageSignature(), claims.predicateType()) : "unreadable",
                type(claims.imageSignature(), claims.predicateType()),
                claims.signatory(),
                claims.time(),
                false,
                claims.problem().isEmpty() ? reason : claims.problem());
    }

    private static FoundSignature of(SignatureFinding finding, Verdict.Verified made, String detail) {
        SignedContent content = made.content();
        return new FoundSignature(
                finding.manifest(),
                finding.layer(),
                kind(content.isImageSignature(), content.predicateType()),
                type(content.isImageSignature(), content.predicateType()),
                made.signatory().toString(),
                made.times().stream().findFirst(),
                true,
                detail);
    }

    private static String kind(boolean imageSignature, Optional<String> predicateType) {
        return imageSignature ? "signature" : predicateType.isPresent() ? "attestation" : "file";
    }

    private static String type(boolean imageSignature, Optional<String> predicateType) {
        return imageSignature ? "" : SafeText.cut(predicateType.orElse(""), LONGEST_TYPE);
    }
}
