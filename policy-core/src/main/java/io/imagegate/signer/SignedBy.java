package io.imagegate.signer;

import io.imagegate.fact.Fact;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.PredicateContent;
import io.imagegate.predicate.PredicateValue;
import io.imagegate.reference.Digest;
import io.imagegate.text.Copies;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signature or attestation that verified: whose it is and what of it was asked for. One that several signers may have made
 * is there once for each. Immutable and thread-safe; the {@code with…} methods make changed copies.
 *
 * @since 0.1
 */
public final class SignedBy {

    private static final int LONGEST = 4_096;
    private static final Fact<PredicateContent> NO_CONTENT = Fact.absent("its predicate was not looked at");

    private final String signer;
    private final String name;
    private final Signatory party;
    private final @Nullable String key;
    private final Digest digest;
    private final Instant from;
    private final Instant until;
    private final @Nullable Instant issued;
    private final Map<String, String> annotations;
    private final String type;
    private final Map<JsonPointer, PredicateValue> predicate;
    private final Fact<PredicateContent> content;

    private SignedBy(
            String signer,
            String name,
            Signatory party,
            @Nullable String key,
            Digest digest,
            Instant from,
            Instant until,
            @Nullable Instant issued,
            Map<String, String> annotations,
            String type,
            Map<JsonPointer, PredicateValue> predicate,
            Fact<PredicateContent> content) {
        this.signer = signer;
        this.name = name;
        this.party = Objects.requireNonNull(party, "party");
        this.key = key;
        this.digest = Objects.requireNonNull(digest, "digest");
        this.from = from;
        this.until = until;
        this.issued = issued;
        this.annotations = annotations;
        this.type = type;
        this.predicate = predicate;
        this.content = content;
    }

    /**
     * Makes one that counts for ever and of which nothing else was asked.
     *
     * @param signer the signer whose signature it is
     * @param party the key or certificate that made it
     * @param digest the manifest or index that was signed
     * @return the signature or attestation
     */
    public static SignedBy of(Signer signer, Signatory party, Digest digest) {
        return new SignedBy(
                signer.identity(),
                signer.name(),
                party,
                null,
                digest,
                Instant.MIN,
                Instant.MAX,
                null,
                Map.of(),
                "",
                Map.of(),
                NO_CONTENT);
    }

    /**
     * {@return a copy that says which key made it: one public key counts once, whoever has certificates for it}
     *
     * @param fingerprint {@link SigningKey#fingerprint} of the public key
     */
    public SignedBy withKey(String fingerprint) {
        return new SignedBy(
                signer,
                name,
                party,
                Objects.requireNonNull(fingerprint, "fingerprint"),
                digest,
                from,
                until,
                issued,
                annotations,
                type,
                predicate,
                content);
    }

    /**
     * {@return a copy that counts in an interval}
     *
     * @param first the first instant at which it counts
     * @param last the last instant at which it counts: the end of a key or, if no time is proven, of a certificate
     */
    public SignedBy withInterval(Instant first, Instant last) {
        return new SignedBy(
                signer, name, party, key, digest, first, last, issued, annotations, type, predicate, content);
    }

    /**
     * {@return a copy with an age}
     *
     * @param notBefore beginning of its certificate, which lives at most 24 hours
     */
    public SignedBy withIssued(Instant notBefore) {
        return new SignedBy(
                signer, name, party, key, digest, from, until, notBefore, annotations, type, predicate, content);
    }

    /**
     * {@return a copy with signed annotations}
     *
     * @param signed those that {@link SignatureNeed#annotations} asks for and that are there; one value above 4,096
     *     characters is cut, and then matches none that a policy may demand
     */
    public SignedBy withAnnotations(Map<String, String> signed) {
        Map<String, String> kept = new HashMap<>();
        signed.forEach((key, value) ->
                kept.put(key, value.length() > LONGEST ? value.substring(0, LONGEST) + "\uffff" : value));
        return new SignedBy(
                signer, name, party, key, digest, from, until, issued, Copies.of(kept), type, predicate, content);
    }

    /**
     * {@return a copy that is an attestation}
     *
     * @param predicateType its type
     * @param values what the pointers of {@link AttestationNeed#pointers} lead to; those that lead nowhere are left out
     */
    public SignedBy withPredicate(String predicateType, Map<JsonPointer, PredicateValue> values) {
        return new SignedBy(
                signer,
                name,
                party,
                key,
                digest,
                from,
                until,
                issued,
                annotations,
                predicateType,
                Copies.of(values),
                content);
    }

    /**
     * {@return a copy with what else was extracted of its predicate}
     *
     * @param extracted what {@link AttestationNeed#content} asks for; undecidable if the predicate cannot be read
     */
    public SignedBy withContent(Fact<PredicateContent> extracted) {
        return new SignedBy(
                signer,
                name,
                party,
                key,
                digest,
                from,
                until,
                issued,
                annotations,
                type,
                predicate,
                Objects.requireNonNull(extracted, "content"));
    }

    SignedBy withNameOf(@Nullable Signer other) {
        return other == null
                ? this
                : new SignedBy(
                        signer,
                        other.name(),
                        party,
                        key,
                        digest,
                        from,
                        until,
                        issued,
                        annotations,
                        type,
                        predicate,
                        content);
    }

    /** {@return {@link Signer#identity} of the signer} */
    public String signer() {
        return signer;
    }

    /** {@return the key or certificate that made it} */
    public Signatory party() {
        return party;
    }

    /** {@return the fingerprint of the public key that made it, if it is known} */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /** {@return the manifest or index that was signed} */
    public Digest digest() {
        return digest;
    }

    /** {@return the first instant at which it counts} */
    public Instant from() {
        return from;
    }

    /** {@return the last instant at which it counts} */
    public Instant until() {
        return until;
    }

    /** {@return the beginning of its certificate, if that lives at most 24 hours and thus proves its age} */
    public Optional<Instant> issued() {
        return Optional.ofNullable(issued);
    }

    /** {@return the signed annotations that were asked for} */
    public Map<String, String> annotations() {
        return annotations;
    }

    /** {@return the values of the predicate that were asked for} */
    public Map<JsonPointer, PredicateValue> predicate() {
        return predicate;
    }

    /** {@return what else of the predicate was asked for: undecidable if it cannot be read, absent if nothing was asked} */
    public Fact<PredicateContent> content() {
        return content;
    }

    /**
     * {@return when it was made: the date in the statement, or if it has none the beginning of its certificate; empty if
     * there is neither, or if the date cannot be read}
     *
     * @param of the type of the statement
     */
    public Optional<Instant> made(AttestationType of) {
        Optional<PredicateValue> date = of.date().map(predicate::get);
        return date.isPresent() ? date.get().date() : issued();
    }

    /** {@return who signed, by the name of the signer: {@code signed by release} or {@code vuln attested by ci}} */
    @Override
    public String toString() {
        return type.isEmpty() ? "signed by " + name : new AttestationType(type) + " attested by " + name;
    }
}
