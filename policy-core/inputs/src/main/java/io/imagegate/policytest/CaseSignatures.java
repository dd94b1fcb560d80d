package io.imagegate.policytest;

import io.imagegate.fact.Fact;
import io.imagegate.predicate.ContentQuery;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.PredicateContent;
import io.imagegate.predicate.PredicateReader;
import io.imagegate.predicate.PredicateValue;
import io.imagegate.reference.Digest;
import io.imagegate.signer.AttestationNeed;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignatureNeed;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Signer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The signatures and attestations of one image in a case of a policy test. */
record CaseSignatures(List<Stated> signatures, List<Stated> attestations) {

    static final CaseSignatures NONE = new CaseSignatures(List.of(), List.of());

    /**
     * One signature or attestation.
     *
     * @param signer the name of its signer
     * @param type its type if it is an attestation
     * @param at when it was made, if the case says so
     * @param annotations its signed annotations
     * @param predicate its predicate, if the case gives one
     */
    record Stated(
            String signer,
            Optional<AttestationType> type,
            Optional<Instant> at,
            Map<String, String> annotations,
            Optional<PredicateReader> predicate) {}

    Fact<SignatureFacts> answer(SignatureNeed need, Digest digest) {
        return fact(
                need.signers(),
                signatures,
                digest,
                (stated, signed) -> signed.withAnnotations(only(stated.annotations, need.annotations())));
    }

    Fact<SignatureFacts> answer(AttestationNeed need, Digest digest) {
        List<Stated> ofType = attestations.stream()
                .filter(stated -> stated.type
                        .filter(type -> type.uri().equals(need.type()))
                        .isPresent())
                .toList();
        return fact(need.signers(), ofType, digest, (stated, signed) -> attested(stated, signed, need));
    }

    private interface Completion {
        SignedBy complete(Stated stated, SignedBy signed);
    }

    private static Fact<SignatureFacts> fact(
            List<Signer> signers, List<Stated> all, Digest digest, Completion completion) {
        if (all.isEmpty()) {
            return Fact.absent("the test case gives none");
        }
        List<SignedBy> verified = new ArrayList<>();
        for (Stated stated : all) {
            signers.stream()
                    .filter(signer -> signer.name().equals(stated.signer))
                    .map(signer -> completion.complete(stated, signer.assumed(digest, stated.at)))
                    .forEach(verified::add);
        }
        return Fact.known(SignatureFacts.of(verified));
    }

    private static Map<String, String> only(Map<String, String> annotations, Set<String> keys) {
        Map<String, String> wanted = new HashMap<>(annotations);
        wanted.keySet().retainAll(keys);
        return wanted;
    }

    /** As a cluster reads it; what it cannot read is unknown as a whole. */
    private static SignedBy attested(Stated stated, SignedBy signed, AttestationNeed need) {
        Fact<Map<JsonPointer, PredicateValue>> values = stated.predicate
                .map(predicate -> predicate.values(need.pointers()))
                .orElseGet(() -> Fact.known(dated(stated, need)));
        SignedBy attested = signed.withPredicate(need.type(), values.value().orElse(Map.of()));
        if (values.value().isEmpty()) {
            return attested.withUnread(values.reason());
        }
        for (ContentQuery<?> query : need.contents()) {
            attested = withContent(attested, query, stated);
        }
        return attested;
    }

    private static <T extends PredicateContent> SignedBy withContent(
            SignedBy signed, ContentQuery<T> query, Stated stated) {
        return signed.withContent(
                query,
                stated.predicate
                        .map(predicate -> predicate.content(query, signed.digest()))
                        .orElseGet(() -> Fact.absent("the test case gives no predicate")));
    }

    /** Without a predicate, {@code at} is the date in it. */
    private static Map<JsonPointer, PredicateValue> dated(Stated stated, AttestationNeed need) {
        Optional<JsonPointer> date = stated.type.flatMap(AttestationType::date).filter(need.pointers()::contains);
        return date.isPresent() && stated.at.isPresent()
                ? Map.of(date.get(), PredicateValue.text(stated.at.get().toString()))
                : Map.of();
    }
}
