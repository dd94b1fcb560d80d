package io.imagegate.signer;

import io.imagegate.fact.Fact;
import io.imagegate.predicate.ContentQuery;
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
    private static final String NOT_ASKED = "its predicate was not looked at";

    /** Who made it. */
    private record Maker(
            String signer,
            String name,
            Signatory signatory,
            @Nullable String key) {}

    /** When it counts. */
    private record Period(
            Instant from, Instant until, @Nullable Instant issued) {}

    /** What it says. */
    private record Statement(
            Map<String, String> annotations,
            String type,
            Map<JsonPointer, PredicateValue> predicate,
            Map<ContentQuery<?>, Fact<? extends PredicateContent>> contents,
            @Nullable String unread) {

        static final Statement NONE = new Statement(Map.of(), "", Map.of(), Map.of(), null);
    }

    private final Maker maker;
    private final Digest digest;
    private final Period period;
    private final Statement statement;

    private SignedBy(Maker maker, Digest digest, Period period, Statement statement) {
        this.maker = maker;
        this.digest = digest;
        this.period = period;
        this.statement = statement;
    }

    /**
     * Makes one that counts for ever and of which nothing else was asked.
     *
     * @param signer the signer whose signature it is
     * @param signatory the key or certificate that made it
     * @param digest the manifest or index that was signed
     * @return the signature or attestation
     */
    public static SignedBy of(Signer signer, Signatory signatory, Digest digest) {
        return new SignedBy(
                new Maker(signer.identity(), signer.name(), Objects.requireNonNull(signatory, "signatory"), null),
                Objects.requireNonNull(digest, "digest"),
                new Period(Instant.MIN, Instant.MAX, null),
                Statement.NONE);
    }

    private SignedBy with(Maker other) {
        return new SignedBy(other, digest, period, statement);
    }

    private SignedBy with(Period other) {
        return new SignedBy(maker, digest, other, statement);
    }

    private SignedBy with(Statement other) {
        return new SignedBy(maker, digest, period, other);
    }

    /**
     * {@return a copy that says which key made it: one public key counts once, whoever has certificates for it}
     *
     * @param fingerprint {@link SigningKey#fingerprint} of the public key
     */
    public SignedBy withKey(String fingerprint) {
        return with(new Maker(
                maker.signer, maker.name, maker.signatory, Objects.requireNonNull(fingerprint, "fingerprint")));
    }

    /**
     * {@return a copy that counts in an interval}
     *
     * @param first the first instant at which it counts
     * @param last the last instant at which it counts: the end of a key or, if no time is proven, of a certificate
     */
    public SignedBy withInterval(Instant first, Instant last) {
        return with(new Period(first, last, period.issued));
    }

    /**
     * {@return a copy with an age}
     *
     * @param notBefore beginning of its certificate, which lives at most 24 hours
     */
    public SignedBy withIssued(Instant notBefore) {
        return with(new Period(period.from, period.until, notBefore));
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
        return with(new Statement(
                Copies.of(kept), statement.type, statement.predicate, statement.contents, statement.unread));
    }

    /**
     * {@return a copy that is an attestation}
     *
     * @param predicateType its type
     * @param values what the pointers of {@link AttestationNeed#pointers} lead to; those that lead nowhere are left out
     */
    public SignedBy withPredicate(String predicateType, Map<JsonPointer, PredicateValue> values) {
        return with(new Statement(
                statement.annotations, predicateType, Copies.of(values), statement.contents, statement.unread));
    }

    /**
     * {@return a copy with what else was extracted of its predicate}
     *
     * @param query one of {@link AttestationNeed#contents}
     * @param extracted what it asks for; undecidable if the predicate cannot be read
     * @param <T> what it asks for
     */
    public <T extends PredicateContent> SignedBy withContent(ContentQuery<T> query, Fact<T> extracted) {
        Map<ContentQuery<?>, Fact<? extends PredicateContent>> more = new HashMap<>(statement.contents);
        more.put(query, extracted);
        return with(new Statement(
                statement.annotations, statement.type, statement.predicate, Copies.of(more), statement.unread));
    }

    /**
     * {@return a copy of which it is unknown what it says} It has no date, also not that of its certificate, so that it may be
     * newer than all others.
     *
     * @param reason why, as a sentence for the user
     */
    public SignedBy withUnread(String reason) {
        Statement unread = new Statement(
                statement.annotations, statement.type, Map.of(), Map.of(), Objects.requireNonNull(reason, "reason"));
        return new SignedBy(maker, digest, new Period(period.from, period.until, null), unread);
    }

    SignedBy withNameOf(@Nullable Signer other) {
        return other == null || other.name().equals(maker.name)
                ? this
                : with(new Maker(maker.signer, other.name(), maker.signatory, maker.key));
    }

    /** {@return {@link Signer#identity} of the signer} */
    public String signer() {
        return maker.signer;
    }

    /** {@return the name of the signer} */
    public String signerName() {
        return maker.name;
    }

    /** {@return the key or certificate that made it} */
    public Signatory signatory() {
        return maker.signatory;
    }

    /** {@return the fingerprint of the public key that made it, if it is known} */
    public Optional<String> key() {
        return Optional.ofNullable(maker.key);
    }

    /** {@return the manifest or index that was signed} */
    public Digest digest() {
        return digest;
    }

    /** {@return the first instant at which it counts} */
    public Instant from() {
        return period.from;
    }

    /** {@return the last instant at which it counts} */
    public Instant until() {
        return period.until;
    }

    /** {@return the beginning of its certificate, if that lives at most 24 hours and thus proves its age} */
    public Optional<Instant> issued() {
        return Optional.ofNullable(period.issued);
    }

    /** {@return the signed annotations that were asked for} */
    public Map<String, String> annotations() {
        return statement.annotations;
    }

    /** {@return the values of the predicate that were asked for} */
    public Map<JsonPointer, PredicateValue> predicate() {
        return statement.predicate;
    }

    /** {@return what else of the predicate was asked for, by the queries} */
    public Map<ContentQuery<?>, Fact<? extends PredicateContent>> contents() {
        return statement.contents;
    }

    /**
     * {@return what else of the predicate was asked for: undecidable if it cannot be read, absent if it was not asked for}
     *
     * @param query the query
     * @param <T> what it asks for
     */
    @SuppressWarnings("unchecked") // Of the type of its query, by withContent.
    public <T extends PredicateContent> Fact<T> content(ContentQuery<T> query) {
        if (statement.unread != null) {
            return Fact.undecidable(statement.unread);
        }
        Fact<T> content = (Fact<T>) statement.contents.get(query);
        return content == null ? Fact.absent(NOT_ASKED) : content;
    }

    /** {@return why something that was asked for could not be read; empty if everything could} */
    public Optional<String> unreadReason() {
        return Optional.ofNullable(statement.unread)
                .or(() -> statement.contents.values().stream()
                        .filter(content -> content.state() == Fact.State.UNDECIDABLE)
                        .map(Fact::reason)
                        .findFirst());
    }

    /**
     * {@return when it was made: the date in the statement, or if it has none the beginning of its certificate; empty if
     * there is neither, or if the date cannot be read}
     */
    public Optional<Instant> made() {
        Optional<PredicateValue> date =
                new AttestationType(statement.type).date().map(statement.predicate::get);
        return date.isPresent() ? date.get().date() : issued();
    }

    /** {@return who signed, by the name of the signer: {@code signed by release} or {@code vuln attested by ci}} */
    @Override
    public String toString() {
        return statement.type.isEmpty()
                ? "signed by " + maker.name
                : new AttestationType(statement.type) + " attested by " + maker.name;
    }
}
