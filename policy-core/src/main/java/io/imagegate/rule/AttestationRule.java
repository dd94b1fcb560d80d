package io.imagegate.rule;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.signer.AttestationNeed;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.JsonPointer;
import io.imagegate.signer.NamedSigner;
import io.imagegate.signer.PredicateValue;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requires an attestation of the image: one in-toto statement by one of some signers that meets all conditions. Of scan
 * results the newest is checked. It needs a {@link io.imagegate.fact.FactSource} that verifies signatures; without one, no
 * image satisfies it. Immutable and thread-safe; the {@code with…} methods make changed copies.
 *
 * <pre>{@code
 * Rule built = AttestationRule.of(AttestationType.parse("slsaprovenance1"), ci)
 *         .withWhere(new JsonPointer("/runDetails/builder/id"), ValueCondition.matches("https://builder.example/*"));
 * }</pre>
 *
 * @since 0.1
 */
public final class AttestationRule implements Rule {

    private final AttestationType type;
    private final List<NamedSigner> signers;
    private final Optional<Duration> maxAge;
    private final Map<JsonPointer, ValueCondition> where;
    private final SignerNames names;
    private final AttestationNeed need;

    private AttestationRule(
            AttestationType type,
            List<NamedSigner> signers,
            Optional<Duration> maxAge,
            Map<JsonPointer, ValueCondition> where) {
        this.type = type;
        this.signers = SignerNames.require(signers);
        maxAge.ifPresent(Age::require);
        if (maxAge.isPresent() && type.date().isEmpty()) {
            signers.stream()
                    .filter(signer -> !signer.provesAge())
                    .findFirst()
                    .ifPresent(signer -> refuseAge(type, signer));
        }
        this.maxAge = maxAge;
        this.where = where;
        this.names = SignerNames.of(this.signers);
        Set<JsonPointer> pointers = new HashSet<>(where.keySet());
        type.date().filter(date -> maxAge.isPresent() || type.newestCounts()).ifPresent(pointers::add);
        this.need = new AttestationNeed(type.uri(), this.signers, pointers);
    }

    private static void refuseAge(AttestationType type, NamedSigner signer) {
        throw new IllegalArgumentException("attestations " + type + " have no date that is known, and signatures by \""
                + signer.name() + "\" do not prove when they were made; expected keyless signers alone beside maxAge");
    }

    /**
     * Requires a statement of a type by one of some signers.
     *
     * @param type the type of the statement
     * @param signers the signers, at least one
     * @return the rule
     * @throws IllegalArgumentException if there is none, or one twice
     */
    public static AttestationRule of(AttestationType type, NamedSigner... signers) {
        return new AttestationRule(type, List.of(signers), Optional.empty(), Map.of());
    }

    /**
     * {@return a copy that requires a young statement}
     *
     * @param greatest the greatest age
     * @throws IllegalArgumentException if the age of a statement is unknown
     */
    public AttestationRule withMaxAge(Duration greatest) {
        return new AttestationRule(type, signers, Optional.of(greatest), where);
    }

    /**
     * {@return a copy with one condition more on the predicate}
     *
     * @param pointer the value; if there is none, the condition is violated
     * @param condition the condition on it
     */
    public AttestationRule withWhere(JsonPointer pointer, ValueCondition condition) {
        Map<JsonPointer, ValueCondition> more = new LinkedHashMap<>(where);
        more.put(pointer, condition); // the order is that of the reasons
        return new AttestationRule(type, signers, maxAge, more);
    }

    /** {@return what the rule asks a fact source for, besides the digest of a tag} */
    public AttestationNeed need() {
        return need;
    }

    @Override
    public Finding judge(Candidate image) {
        Fact<Digest> digest = SignedDigest.of(image);
        return KeptAnswer.judge(image, need, found -> judge(image, digest, found));
    }

    private Finding judge(Candidate image, Fact<Digest> digest, Fact<SignatureFacts> found) {
        return found.state() == Fact.State.ABSENT
                ? Finding.of(Outcome.VIOLATED, Message.NOT_ATTESTED, type, names.wanted(), found.reason())
                : Finding.of(digest, of -> Finding.of(found, facts -> judge(image, of, facts)));
    }

    private Finding judge(Candidate image, Digest digest, SignatureFacts facts) {
        SignedCheck check = new SignedCheck(
                Message.ATTESTATION, names, digest, image.facts().instant(), facts);
        List<SignedBy> current = check.current();
        List<SignedBy> judged = type.newestCounts() ? newest(current) : current;
        List<SignedBy> good =
                judged.stream().filter(signed -> meetsAll(signed, image, check)).toList();
        boolean allRead = facts.unread().state() == Fact.State.ABSENT;
        boolean enough = !type.newestCounts() || (allRead && good.size() == judged.size());
        return enough && !good.isEmpty()
                ? Finding.of(
                        Outcome.SATISFIED,
                        Message.ATTESTED,
                        names.name(good.get(0).signer()))
                : check.none(Message.NOT_ATTESTED, type, names.wanted());
    }

    /** {@return the newest; several if they have the same date, and those whose date is unknown, which may be the newest} */
    private List<SignedBy> newest(List<SignedBy> statements) {
        Instant last =
                statements.stream().map(this::order).max(Instant::compareTo).orElse(Instant.MIN);
        return statements.stream().filter(signed -> order(signed).equals(last)).toList();
    }

    private Instant order(SignedBy statement) {
        return made(statement).orElse(Instant.MAX);
    }

    /** {@return the date in the statement, or if there is none that of its certificate} */
    private Optional<Instant> made(SignedBy statement) {
        Optional<PredicateValue> date = type.date().map(statement.predicate()::get);
        return date.isPresent() ? DateWithin.date(date.get()) : statement.issued();
    }

    private boolean meetsAll(SignedBy statement, Candidate image, SignedCheck check) {
        if (maxAge.isPresent() && !check.isYoung(statement, made(statement), maxAge.get())) {
            return false;
        }
        for (Map.Entry<JsonPointer, ValueCondition> entry : where.entrySet()) {
            PredicateValue value = statement.predicate().get(entry.getKey());
            Finding finding = value == null
                    ? Finding.violation(Message.VALUE_NOWHERE)
                    : entry.getValue().judge(value, image);
            if (finding.isViolation()) {
                check.add(Finding.of(
                        finding.outcome(), Message.WHERE, check.subject(statement), entry.getKey(), finding));
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AttestationRule rule
                && need.equals(rule.need)
                && maxAge.equals(rule.maxAge)
                && where.equals(rule.where);
    }

    @Override
    public int hashCode() {
        return Objects.hash(need, maxAge, where);
    }

    /** {@return what it requires, for logs and debuggers} */
    @Override
    public String toString() {
        return need + (where.isEmpty() ? "" : " where " + where);
    }
}
