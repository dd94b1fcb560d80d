package io.imagegate.rule;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.reference.GlobSet;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignatureNeed;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Signer;
import io.imagegate.text.Copies;
import io.imagegate.text.SafeText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requires that signers signed the image: exactly the digest that its reference stands for. It needs a
 * {@link io.imagegate.fact.FactSource} that verifies signatures; without one, no image satisfies it. Immutable and
 * thread-safe; the {@code with…} methods make changed copies.
 *
 * <pre>{@code
 * Signer release = new KeySigner("release", List.of(SigningKey.of(publicKey)), Optional.empty());
 * Rule signed = SignatureRule.by(release);
 * }</pre>
 *
 * @since 0.1
 */
public final class SignatureRule implements Rule {

    private static final int SHOWN = 100;

    private final List<Signer> signers;
    private final int atLeast;
    private final Optional<Duration> maxAge;
    private final Map<String, GlobSet> annotations;
    private final SignerNames names;
    private final SignatureNeed need;

    private SignatureRule(
            List<Signer> signers, int atLeast, Optional<Duration> maxAge, Map<String, GlobSet> annotations) {
        this.signers = SignerNames.require(signers);
        if (atLeast < 1 || atLeast > signers.size()) {
            throw new IllegalArgumentException("at least " + atLeast + " of " + signers.size()
                    + " signers: expected a number from 1 to the number of signers, each of which counts once");
        }
        maxAge.ifPresent(Age::require);
        if (maxAge.isPresent()) {
            signers.stream().filter(signer -> !signer.provesAge()).findFirst().ifPresent(SignatureRule::refuseAge);
        }
        this.atLeast = atLeast;
        this.maxAge = maxAge;
        this.annotations = Copies.of(annotations);
        this.names = SignerNames.of(this.signers);
        this.need = new SignatureNeed(this.signers, annotations.keySet());
    }

    private static void refuseAge(Signer signer) {
        throw new IllegalArgumentException("signatures by \"" + signer.name()
                + "\" do not prove when they were made: anybody can stamp an old one again; expected keyless signers alone"
                + " beside maxAge");
    }

    /**
     * Requires a signature by one of some signers.
     *
     * @param signers the signers, at least one
     * @return the rule
     * @throws IllegalArgumentException if there is none, or one twice
     */
    public static SignatureRule by(Signer... signers) {
        return new SignatureRule(List.of(signers), 1, Optional.empty(), Map.of());
    }

    /**
     * {@return a copy that requires several signers}
     *
     * @param number how many of the signers must have signed
     * @throws IllegalArgumentException if it is below 1 or there are fewer signers
     */
    public SignatureRule withAtLeast(int number) {
        return new SignatureRule(signers, number, maxAge, annotations);
    }

    /**
     * {@return a copy that requires young signatures}
     *
     * @param greatest the greatest age, counted from the beginning of the certificate
     * @throws IllegalArgumentException if a signer does not prove the age of its signatures
     */
    public SignatureRule withMaxAge(Duration greatest) {
        return new SignatureRule(signers, atLeast, Optional.of(greatest), annotations);
    }

    /**
     * {@return a copy that requires signed annotations; others may be there}
     *
     * @param globs for the key of each annotation, a glob that matches its value
     * @throws IllegalArgumentException if a glob is empty
     */
    public SignatureRule withAnnotations(Map<String, String> globs) {
        Map<String, GlobSet> parsed = new LinkedHashMap<>();
        globs.forEach((key, glob) -> parsed.put(key, GlobSet.of(glob)));
        return new SignatureRule(signers, atLeast, maxAge, parsed);
    }

    /** {@return what the rule asks a fact source for, besides the digest of a tag} */
    public SignatureNeed need() {
        return need;
    }

    @Override
    public Finding check(Candidate image) {
        Fact<Digest> digest = image.digest();
        return KeptAnswer.check(image, need, found -> check(image, digest, found));
    }

    private Finding check(Candidate image, Fact<Digest> digest, Fact<SignatureFacts> found) {
        return found.state() == Fact.State.ABSENT
                ? Finding.of(Outcome.VIOLATED, Message.NOT_SIGNED, names.wanted(), found.reason())
                : Finding.of(digest, of -> Finding.of(found, facts -> check(image, of, facts)));
    }

    private Finding check(Candidate image, Digest digest, SignatureFacts facts) {
        SignedCheck check =
                new SignedCheck(Message.SIGNATURE, names, digest, image.facts().instant(), facts);
        List<SignedBy> counting = check.current().stream()
                .filter(signed -> maxAge.isEmpty() || check.isYoung(signed, signed.issued(), maxAge.get()))
                .filter(signed -> hasAnnotations(signed, check))
                .toList();
        Set<String> paired = SignerMatching.of(counting);
        if (paired.size() >= atLeast) {
            return Finding.verified(digest, Message.SIGNED, names.names(paired));
        }
        return paired.isEmpty()
                ? check.none(Message.NOT_SIGNED, names.wanted())
                : check.none(Message.SIGNED_BY_FEW, names.names(paired), names, atLeast);
    }

    private boolean hasAnnotations(SignedBy signed, SignedCheck check) {
        for (Map.Entry<String, GlobSet> entry : annotations.entrySet()) {
            String value = signed.annotations().get(entry.getKey());
            if (value == null) {
                return check.no(
                        Message.SIGNED_WITHOUT, SignedCheck.subject(Message.SIGNATURE, signed), quote(entry.getKey()));
            }
            if (!entry.getValue().matches(value)) {
                return check.no(
                        Message.SIGNED_WITH,
                        SignedCheck.subject(Message.SIGNATURE, signed),
                        quote(entry.getKey()),
                        quote(value),
                        quote(entry.getValue().toString()));
            }
        }
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignatureRule rule
                && atLeast == rule.atLeast
                && need.equals(rule.need)
                && maxAge.equals(rule.maxAge)
                && annotations.equals(rule.annotations);
    }

    @Override
    public int hashCode() {
        return Objects.hash(need, atLeast, maxAge);
    }

    /** {@return what it requires, for logs and debuggers} */
    @Override
    public String toString() {
        return need + ", at least " + atLeast;
    }

    private static String quote(String text) {
        return SafeText.quote(text, SHOWN);
    }
}
