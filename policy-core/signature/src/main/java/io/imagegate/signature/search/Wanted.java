package io.imagegate.signature.search;

import io.imagegate.reference.Digest;
import io.imagegate.signature.SignedContent;
import io.imagegate.signature.Verdict;
import io.imagegate.signature.form.SignatureForm;
import io.imagegate.signature.form.SignatureForm.Likelihood;
import io.imagegate.signature.form.Sought;
import io.imagegate.signature.known.KnownForms;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.SignatureFault;
import java.util.List;
import java.util.Optional;

/**
 * What a search is for, in which forms.
 *
 * @param image digest of the image
 * @param sought what is sought
 * @param forms in which it may be
 */
record Wanted(Digest image, Sought sought, KnownForms forms) {

    private static final int LONGEST_TAG = 128;

    static Wanted signatures(Digest image, KnownForms forms) {
        return new Wanted(image, new Sought(true, false, SignedContent.COSIGN_SIGN), forms);
    }

    static Wanted attestations(Digest image, String predicateType, KnownForms forms) {
        return new Wanted(image, new Sought(false, true, predicateType), forms);
    }

    static Wanted all(Digest image, KnownForms forms) {
        return new Wanted(image, Sought.ALL, forms);
    }

    /** {@return whether a manifest refers to the image} */
    boolean refers(StoredManifest manifest) {
        return manifest.subject().filter(image::equals).isPresent();
    }

    /** {@return whether a layer may be it} */
    boolean isIn(StoredManifest manifest, StoredDescriptor layer) {
        return forms.forms().stream()
                .anyMatch(form ->
                        form.mediaTypes(sought).contains(layer.mediaType()) && form.isIn(manifest.artifactType()));
    }

    /** {@return whether a signature is about more of the image's manifest than its digest} */
    boolean bindsManifest(StoredDescriptor layer) {
        return forms.find(layer.mediaType())
                .filter(SignatureForm::bindsManifest)
                .isPresent();
    }

    /** {@return the tags that forms make of the digest} None can hold one by SHA-512, so there are none for such images. */
    List<String> tags() {
        return forms.forms().stream()
                .flatMap(form -> form.tagSuffixes(sought).stream())
                .map(suffix -> image.algorithm() + "-" + image.hex() + suffix)
                .filter(tag -> tag.length() <= LONGEST_TAG)
                .toList();
    }

    /** {@return how likely a manifest has it, the first form that can tell decides} */
    Likelihood likelihood(StoredDescriptor manifest) {
        return forms.forms().stream()
                .map(form -> form.likelihood(manifest.annotations(), sought))
                .filter(likelihood -> likelihood != Likelihood.UNKNOWN)
                .findFirst()
                .orElse(Likelihood.UNKNOWN);
    }

    /** {@return the verdict, if what was verified is also what is wanted} */
    Verdict check(Verdict verdict) {
        if (sought.equals(Sought.ALL)) {
            return verdict;
        }
        String predicateType = sought.predicateType();
        if (!(verdict instanceof Verdict.Verified verified)) {
            Optional<String> type = verdict.unread().flatMap(Verdict.Unread::predicateType);
            return type.filter(other -> !other.equals(predicateType)).isPresent() ? otherThanWanted(type) : verdict;
        }
        SignedContent content = verified.content();
        boolean right = sought.signatures()
                ? content.isImageSignature()
                : content.predicateType().filter(predicateType::equals).isPresent();
        return right ? verdict : otherThanWanted(content.predicateType());
    }

    private Verdict otherThanWanted(Optional<String> type) {
        String found = type.map(other -> "an attestation of type " + Refusal.shown(other))
                .orElse("something that is no statement");
        String wanted = sought.signatures()
                ? ", which is no signature"
                : ", expected type " + Refusal.shown(sought.predicateType());
        return new Verdict.Violated(SignatureFault.CONTENT, "signed as " + found + wanted);
    }
}
