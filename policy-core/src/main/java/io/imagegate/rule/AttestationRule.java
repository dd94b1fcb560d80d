package io.imagegate.rule;

import io.imagegate.fact.Fact;
import io.imagegate.predicate.ContentQuery;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.reference.Digest;
import io.imagegate.signer.AttestationNeed;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Signer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requires an attestation of the image: one in-toto statement by one of some signers that meets all conditions. Of types
 * that are attested again and again, such as scan results, the newest is checked. It needs a {@link io.imagegate.fact.FactSource} that verifies signatures; without one, no
 * image satisfies it. Immutable and thread-safe; the {@code with…} methods make changed copies.
 *
 * <pre>{@code
 * Rule built = AttestationRule.of(AttestationType.parse("slsaprovenance1"), ci)
 *         .with(new Where(new JsonPointer("/runDetails/builder/id"), ValueCondition.matches("https://builder.example/*")));
 * }</pre>
 *
 * @since 0.1
 */
public final class AttestationRule implements Rule {

    private final AttestationType type;
    private final List<Signer> signers;
    private final Optional<Duration> maxAge;
    private final List<AttestationCondition> conditions;
    private final SignerNames names;
    private final AttestationNeed need;

    private AttestationRule(
            AttestationType type,
            List<Signer> signers,
            Optional<Duration> maxAge,
            List<AttestationCondition> conditions) {
        this.type = type;
        this.signers = SignerNames.requireAttesting(signers);
        maxAge.ifPresent(Age::require);
        if (maxAge.isPresent() && type.date().isEmpty()) {
            signers.stream()
                    .filter(signer -> !signer.provesAge())
                    .findFirst()
                    .ifPresent(signer -> refuseAge(type, signer));
        }
        this.maxAge = maxAge;
        this.conditions = conditions;
        this.names = SignerNames.of(this.signers);
        boolean newest = type.newestCounts() || conditions.stream().anyMatch(AttestationCondition::newestCounts);
        Set<JsonPointer> pointers = new HashSet<>();
        Set<ContentQuery<?>> contents = new HashSet<>();
        type.date().filter(date -> maxAge.isPresent() || newest).ifPresent(pointers::add);
        for (AttestationCondition condition : conditions) {
            pointers.addAll(condition.pointers());
            condition.content().ifPresent(contents::add);
        }
        this.need = new AttestationNeed(type.uri(), this.signers, pointers, contents, newest);
    }

    private static void refuseAge(AttestationType type, Signer signer) {
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
    public static AttestationRule of(AttestationType type, Signer... signers) {
        return new AttestationRule(type, List.of(signers), Optional.empty(), List.of());
    }

    /**
     * {@return a copy that requires a young statement}
     *
     * @param greatest the greatest age
     * @throws IllegalArgumentException if the age of a statement is unknown
     */
    public AttestationRule withMaxAge(Duration greatest) {
        return new AttestationRule(type, signers, Optional.of(greatest), conditions);
    }

    /**
     * {@return a copy with one condition more on what the statement says}
     *
     * @param condition the condition; reasons are in the order of the conditions
     * @throws IllegalArgumentException if statements of the type do not have what it checks
     */
    public AttestationRule with(AttestationCondition condition) {
        condition.requireType(type);
        List<AttestationCondition> more = new ArrayList<>(conditions);
        more.add(condition);
        return new AttestationRule(type, signers, maxAge, List.copyOf(more));
    }

    /** {@return what the rule asks a fact source for, besides the digest of a tag} */
    public AttestationNeed need() {
        return need;
    }

    @Override
    public Finding check(Candidate image) {
        Fact<Digest> digest = image.digest();
        return KeptAnswer.check(image, need, found -> check(image, digest, found));
    }

    private Finding check(Candidate image, Fact<Digest> digest, Fact<SignatureFacts> found) {
        return found.state() == Fact.State.ABSENT
                ? Finding.of(Outcome.VIOLATED, Message.NOT_ATTESTED, type, names.wanted(), found.reason())
                : Finding.of(digest, of -> Finding.of(found, facts -> check(image, of, facts)));
    }

    private Finding check(Candidate image, Digest digest, SignatureFacts facts) {
        SignedCheck check = new SignedCheck(
                Message.ATTESTATION, names, digest, image.facts().instant(), facts);
        List<SignedBy> current = check.current();
        List<SignedBy> counted = need.newest() ? recent(newest(current), image) : current;
        List<SignedBy> good = counted.stream()
                .filter(signed -> meetsAll(signed, image, check))
                .toList();
        if (check.isPending()) {
            return Finding.pending();
        }
        boolean allRead = facts.unread().state() == Fact.State.ABSENT;
        boolean enough = !need.newest() || (allRead && good.size() == counted.size());
        return enough && !good.isEmpty()
                ? Finding.verified(
                        digest, Message.ATTESTED, names.name(good.get(0).signer()))
                : check.none(Message.NOT_ATTESTED, type, names.wanted());
    }

    /**
     * {@return the newest of each signer, so that none hides what another found; several if they have the same date, and those
     * whose date is unknown, which may be the newest}
     */
    private List<SignedBy> newest(List<SignedBy> statements) {
        Map<String, Instant> last = new HashMap<>();
        for (SignedBy signed : statements) {
            signed.made().ifPresent(made -> last.merge(signed.signer(), made, AttestationRule::later));
        }
        return statements.stream()
                .filter(signed -> signed.made()
                        .map(made -> made.equals(last.get(signed.signer())))
                        .orElse(true))
                .toList();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** {@return those that are not too old; all if there are no others: a signer that has stopped says nothing any more} */
    private List<SignedBy> recent(List<SignedBy> newest, Candidate image) {
        if (maxAge.isEmpty()) {
            return newest;
        }
        Instant now = image.facts().instant();
        List<SignedBy> recent = newest.stream()
                .filter(signed -> signed.made()
                        .filter(made -> Age.of(made, now, maxAge.get()) == Age.OVER)
                        .isEmpty())
                .toList();
        return recent.isEmpty() ? newest : recent;
    }

    private boolean meetsAll(SignedBy statement, Candidate image, SignedCheck check) {
        return isReadable(statement, check)
                && hasGoodDate(statement, check)
                && conditions.stream().allMatch(condition -> meets(condition, statement, image, check));
    }

    /** What cannot be read may say anything, also that it is the newest. */
    private boolean isReadable(SignedBy statement, SignedCheck check) {
        Optional<String> unread = statement.unreadReason();
        if (unread.isEmpty()) {
            return true;
        }
        Optional<Finding> name = conditions.stream()
                .flatMap(condition -> condition.name(statement).stream())
                .findFirst();
        Finding subject = name.orElseGet(() -> SignedCheck.subject(Message.ATTESTATION, statement));
        return check.no(Finding.undecidable(Message.UNREADABLE, subject, unread.get()), name.isPresent());
    }

    private boolean hasGoodDate(SignedBy statement, SignedCheck check) {
        Optional<Instant> made = statement.made();
        return maxAge.map(greatest -> check.isYoung(statement, made, greatest))
                .orElseGet(() -> !need.newest() || check.isPast(statement, made));
    }

    private static boolean meets(
            AttestationCondition condition, SignedBy statement, Candidate image, SignedCheck check) {
        Finding finding = condition.check(statement, image);
        return !finding.isViolation()
                || check.no(finding, condition.name(statement).isPresent());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AttestationRule rule
                && need.equals(rule.need)
                && maxAge.equals(rule.maxAge)
                && conditions.equals(rule.conditions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(need, maxAge, conditions);
    }

    /** {@return what it requires, for logs and debuggers} */
    @Override
    public String toString() {
        return need + (conditions.isEmpty() ? "" : " " + conditions);
    }
}
