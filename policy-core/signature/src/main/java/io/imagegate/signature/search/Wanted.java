package io.imagegate.signature.search;

import io.imagegate.reference.Digest;
import io.imagegate.signature.SignedContent;
import io.imagegate.signature.Verdict;
import io.imagegate.signature.format.SignatureReader;
import io.imagegate.signature.refusal.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a search is for.
 *
 * @param image digest of the image
 * @param predicateType of the statements; empty if any is wanted
 * @param tagSuffixes of cosign's tags
 * @param mediaTypes which layers may be it
 */
record Wanted(Digest image, String predicateType, List<String> tagSuffixes, Predicate<String> mediaTypes) {

    private static final String SIGNATURES = ".sig";
    private static final String ATTESTATIONS = ".att";
    private static final int LONGEST_TAG = 128;
    private static final String HINT = "dev.sigstore.bundle.predicateType";
    private static final String CHAIN = "io.cncf.notary.x509chain.thumbprint#S256";
    static final Set<String> HINTS = Set.of(HINT, CHAIN);
    private static final String NOTATION = "application/vnd.cncf.notary.signature";

    static Wanted signatures(Digest image) {
        return new Wanted(image, SignedContent.COSIGN_SIGN, List.of(SIGNATURES), SignatureReader::isSignature);
    }

    static Wanted attestations(Digest image, String predicateType) {
        return new Wanted(image, predicateType, List.of(ATTESTATIONS), SignatureReader::isAttestation);
    }

    static Wanted all(Digest image) {
        return new Wanted(
                image,
                "",
                List.of(SIGNATURES, ATTESTATIONS),
                type -> SignatureReader.isSignature(type) || SignatureReader.isAttestation(type));
    }

    /** {@return whether a manifest refers to the image} */
    boolean refers(StoredManifest manifest) {
        return manifest.subject().filter(image::equals).isPresent();
    }

    /** {@return whether a layer may be it} Layers of Notation are so only in its own manifests. */
    boolean isIn(StoredManifest manifest, StoredDescriptor layer) {
        return mediaTypes.test(layer.mediaType())
                && (!SignatureReader.isNotation(layer.mediaType())
                        || manifest.artifactType().equals(NOTATION));
    }

    /** {@return the tags that cosign makes of the digest} None can hold one by SHA-512, so cosign has none for such images. */
    List<String> tags() {
        return tagSuffixes.stream()
                .map(suffix -> image.algorithm() + "-" + image.hex() + suffix)
                .filter(tag -> tag.length() <= LONGEST_TAG)
                .toList();
    }

    /** {@return how late a manifest is read: annotations are not signed, so they only order} */
    int rank(StoredDescriptor manifest) {
        String hint = manifest.annotations().get(HINT);
        if (hint == null) {
            boolean notation = manifest.annotations().containsKey(CHAIN);
            return notation && predicateType.equals(SignedContent.COSIGN_SIGN) ? 0 : notation ? 2 : 1;
        }
        return hint.equals(predicateType) ? 0 : 2;
    }

    /** {@return the verdict, if what was verified is also what is wanted} */
    Verdict judge(Verdict verdict) {
        if (predicateType.isEmpty()) {
            return verdict;
        }
        if (!(verdict instanceof Verdict.Verified verified)) {
            Optional<String> type = verdict.unread().flatMap(Verdict.Unread::predicateType);
            return type.filter(other -> !other.equals(predicateType)).isPresent() ? otherThanWanted(type) : verdict;
        }
        SignedContent content = verified.content();
        boolean right = predicateType.equals(SignedContent.COSIGN_SIGN)
                ? content.isImageSignature()
                : content.predicateType().filter(predicateType::equals).isPresent();
        return right ? verdict : otherThanWanted(content.predicateType());
    }

    private Verdict otherThanWanted(Optional<String> type) {
        String found = type.map(other -> "an attestation of type " + Refusal.shown(other))
                .orElse("something that is no statement");
        String wanted = predicateType.equals(SignedContent.COSIGN_SIGN)
                ? ", which is no signature"
                : ", expected type " + Refusal.shown(predicateType);
        return new Verdict.Violated(Verdict.Code.CONTENT, "signed as " + found + wanted);
    }
}
