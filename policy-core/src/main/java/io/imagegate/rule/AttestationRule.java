package io.imagegate.rule;

import io.imagegate.fact.Fact;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.PredicateContent;
import io.imagegate.predicate.PredicateValue;
import io.imagegate.reference.Digest;
import io.imagegate.signer.AttestationNeed;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Signer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
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
 * results and verification summaries the newest is checked. It needs a {@link io.imagegate.fact.FactSource} that verifies signatures; without one, no
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
    private final List<Signer> signers;
    private final Optional<Duration> maxAge;
    private final Map<JsonPointer, ValueCondition> where;
    private final Optional<Vulnerabilities> vulnerabilities;
    private final SignerNames names;
    private final AttestationNeed need;

    private AttestationRule(
            AttestationType type,
            List<Signer> signers,
            Optional<Duration> maxAge,
            Map<JsonPointer, ValueCondition> where,
            Optional<Vulnerabilities> vulnerabilities) {
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
        this.where = where;
        this.vulnerabilities = vulnerabilities;
        this.names = SignerNames.of(this.signers);
        Set<JsonPointer> pointers = new HashSet<>(where.keySet());
        type.date().filter(date -> maxAge.isPresent() || type.newestCounts()).ifPresent(pointers::add);
        this.need =
                new AttestationNeed(type.uri(), this.signers, pointers, vulnerabilities.map(Vulnerabilities::query));
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
        return new AttestationRule(type, List.of(signers), Optional.empty(), Map.of(), Optional.empty());
    }

    /**
     * {@return a copy that requires a young statement}
     *
     * @param greatest the greatest age
     * @throws IllegalArgumentException if the age of a statement is unknown
     */
    public AttestationRule withMaxAge(Duration greatest) {
        return new AttestationRule(type, signers, Optional.of(greatest), where, vulnerabilities);
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
        return new AttestationRule(type, signers, maxAge, more, vulnerabilities);
    }

    /**
     * {@return a copy that denies vulnerabilities}
     *
     * @param condition the vulnerabilities that the result of the scanner must not have
     * @throws IllegalArgumentException if statements of the type have no result of a scanner
     */
    public AttestationRule withVulnerabilities(Vulnerabilities condition) {
        if (!type.hasScan()) {
            throw new IllegalArgumentException("attestations " + type
                    + " have no result of a scanner, expected type: vuln beside vulnerabilities");
        }
        return new AttestationRule(type, signers, maxAge, where, Optional.of(condition));
    }

    /** {@return what the rule asks a fact source for, besides the digest of a tag} */
    public AttestationNeed need() {
        return need;
    }

    @Override
    public Finding check(Candidate image) {
        Fact<Digest> digest = SignedDigest.of(image);
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
        List<SignedBy> counted = type.newestCounts() ? recent(newest(current), image) : current;
        List<SignedBy> good = counted.stream()
                .filter(signed -> meetsAll(signed, image, digest, check))
                .toList();
        if (check.isPending()) {
            return Finding.pending();
        }
        boolean allRead = facts.unread().state() == Fact.State.ABSENT;
        boolean enough = !type.newestCounts() || (allRead && good.size() == counted.size());
        return enough && !good.isEmpty()
                ? Finding.of(
                        Outcome.SATISFIED,
                        Message.ATTESTED,
                        names.name(good.get(0).signer()))
                : check.none(Message.NOT_ATTESTED, type, names.wanted());
    }

    /**
     * {@return the newest of each signer, so that none hides what another found; several if they have the same date, and those
     * whose date is unknown, which may be the newest}
     */
    private List<SignedBy> newest(List<SignedBy> statements) {
        Map<String, Instant> last = new HashMap<>();
        for (SignedBy signed : statements) {
            signed.made(type).ifPresent(made -> last.merge(signed.signer(), made, AttestationRule::later));
        }
        return statements.stream()
                .filter(signed -> signed.made(type)
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
                .filter(signed -> signed.made(type)
                        .filter(made -> Age.of(made, now, maxAge.get()) == Age.OVER)
                        .isEmpty())
                .toList();
        return recent.isEmpty() ? newest : recent;
    }

    private boolean meetsAll(SignedBy statement, Candidate image, Digest digest, SignedCheck check) {
        return isReadable(statement, check)
                && hasGoodDate(statement, check)
                && meetsWhere(statement, image, check)
                && hasNoDenied(statement, image, digest, check);
    }

    /** What cannot be read may say anything, also that it is the newest. */
    private boolean isReadable(SignedBy statement, SignedCheck check) {
        Fact<PredicateContent> content = statement.content();
        if (content.state() != Fact.State.UNDECIDABLE) {
            return true;
        }
        if (vulnerabilities.isPresent()) {
            Finding scan = check.scan(statement, statement.made(type));
            check.addScan(Finding.undecidable(Message.UNREADABLE, scan, content.reason()));
        } else {
            check.add(Finding.undecidable(Message.UNREADABLE, check.subject(statement), content.reason()));
        }
        return false;
    }

    private boolean hasGoodDate(SignedBy statement, SignedCheck check) {
        Optional<Instant> made = statement.made(type);
        return maxAge.map(greatest -> check.isYoung(statement, made, greatest))
                .orElseGet(() -> !type.newestCounts() || check.isPast(statement, made));
    }

    private boolean hasNoDenied(SignedBy statement, Candidate image, Digest digest, SignedCheck check) {
        if (vulnerabilities.isEmpty()) {
            return true;
        }
        Finding scan = check.scan(statement, statement.made(type));
        Finding finding = new ScanCheck(vulnerabilities.get(), image, digest, scan).check(statement.content());
        if (finding.isViolation()) {
            check.addScan(finding);
        }
        return !finding.isViolation();
    }

    private boolean meetsWhere(SignedBy statement, Candidate image, SignedCheck check) {
        for (Map.Entry<JsonPointer, ValueCondition> entry : where.entrySet()) {
            PredicateValue value = statement.predicate().get(entry.getKey());
            Finding finding = value == null
                    ? Finding.violation(Message.VALUE_NOWHERE)
                    : entry.getValue().check(value, image);
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
                && where.equals(rule.where)
                && vulnerabilities.equals(rule.vulnerabilities);
    }

    @Override
    public int hashCode() {
        return Objects.hash(need, maxAge, where, vulnerabilities);
    }

    /** {@return what it requires, for logs and debuggers} */
    @Override
    public String toString() {
        return need
                + (where.isEmpty() ? "" : " where " + where)
                + vulnerabilities.map(condition -> ", " + condition).orElse("");
    }
}
