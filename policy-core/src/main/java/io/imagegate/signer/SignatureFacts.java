package io.imagegate.signer;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FreshNeed;
import io.imagegate.fact.Need;
import io.imagegate.fact.VerifiedValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was found about signatures or attestations of an image: those that verify, and others. If there are none at all, the
 * fact is absent instead. Immutable and thread-safe; the {@code with…} methods make changed copies.
 *
 * @since 0.1
 */
public final class SignatureFacts implements VerifiedValue {

    private static final int MOST_OTHERS = 20;
    private static final int SHOWN = 3;

    private final List<SignedBy> verified;
    private final List<Unaccepted> others;
    private final int othersInAll;
    private final @Nullable Fact<Object> unread;
    private final @Nullable Instant outage;
    private final int manifests;

    private SignatureFacts(
            List<SignedBy> verified,
            List<Unaccepted> others,
            int othersInAll,
            @Nullable Fact<Object> unread,
            @Nullable Instant outage,
            int manifests) {
        this.verified = verified;
        this.others = others;
        this.othersInAll = othersInAll;
        this.unread = unread;
        this.outage = outage;
        this.manifests = manifests;
    }

    /**
     * {@return whether a need is one of signatures or attestations, whose facts are these}
     *
     * @param need the need, which may ask again
     */
    public static boolean answer(Need<?> need) {
        Need<?> asked = FreshNeed.asked(need);
        return asked instanceof SignatureNeed || asked instanceof AttestationNeed;
    }

    /**
     * {@return what verified; everything was read}
     *
     * @param verified the signatures or attestations that verify
     */
    public static SignatureFacts of(List<SignedBy> verified) {
        return new SignatureFacts(List.copyOf(verified), List.of(), 0, null, null, 0);
    }

    /**
     * {@return a copy with what was found and does not count}
     *
     * @param found the others; 20 of them are kept, undecidable ones first
     */
    public SignatureFacts withOthers(List<Unaccepted> found) {
        List<Unaccepted> kept = found.stream()
                .sorted((a, b) -> Boolean.compare(b.undecidable(), a.undecidable()))
                .limit(MOST_OTHERS)
                .toList();
        return new SignatureFacts(verified, kept, found.size(), unread, outage, manifests);
    }

    /**
     * {@return a copy that does not know everything, because a limit was reached or something could not be read}
     *
     * @param reason why, safe to show
     */
    public SignatureFacts withUnread(String reason) {
        return new SignatureFacts(verified, others, othersInAll, Fact.undecidable(reason), outage, manifests);
    }

    /**
     * {@return a copy that does not know everything, because a registry is down}
     *
     * @param reason what does not answer, safe to show
     */
    public SignatureFacts withUnavailable(String reason) {
        return new SignatureFacts(verified, others, othersInAll, Fact.unavailable(reason), outage, manifests);
    }

    /**
     * {@return a copy that was kept from before an outage}
     *
     * @param at when it was verified
     */
    public SignatureFacts withOutage(Instant at) {
        return new SignatureFacts(verified, others, othersInAll, unread, at, manifests);
    }

    /**
     * {@return a copy that knows how much there is to read, for warnings before it is too much}
     *
     * @param number of manifests that may have signatures or attestations of the image
     */
    public SignatureFacts withManifests(int number) {
        return new SignatureFacts(verified, others, othersInAll, unread, outage, number);
    }

    @Override
    public boolean isVerified() {
        return !verified.isEmpty();
    }

    /** {@return the number of manifests that may have signatures or attestations of the image; 0 if that is not known} */
    @Override
    public int manifests() {
        return manifests;
    }

    /** {@return the signatures or attestations that verify, once for each signer that may have made them} */
    public List<SignedBy> verified() {
        return verified;
    }

    /** {@return what else was found, at most 20} */
    public List<Unaccepted> others() {
        return others;
    }

    /** {@return how many others were found} */
    public int othersInAll() {
        return othersInAll;
    }

    /** {@return why not everything was read: undecidable or unavailable; absent if everything was read} */
    public Fact<Object> unread() {
        return Objects.requireNonNullElseGet(unread, SignatureFacts::complete);
    }

    private static Fact<Object> complete() {
        return Fact.absent("everything was read");
    }

    /**
     * {@return a copy with the names of these signers: sources keep answers by content, whatever name a policy gives it}
     *
     * @param signers signers with the same contents, by their {@linkplain Signer#identity identities}
     */
    public SignatureFacts withNamesOf(Map<String, Signer> signers) {
        List<SignedBy> named = new ArrayList<>(verified.size());
        boolean same = true;
        for (SignedBy signed : verified) {
            SignedBy other = signed.withNameOf(signers.get(signed.signer()));
            named.add(other);
            same &= other == signed;
        }
        return same ? this : new SignatureFacts(List.copyOf(named), others, othersInAll, unread, outage, manifests);
    }

    /**
     * {@return a copy without what verified and does not count at an instant: keys and certificates end while answers are kept}
     *
     * @param instant the instant
     */
    @Override
    public SignatureFacts countingAt(Instant instant) {
        List<SignedBy> counting = new ArrayList<>(verified);
        return counting.removeIf(signed -> instant.isBefore(signed.from()) || instant.isAfter(signed.until()))
                ? new SignatureFacts(List.copyOf(counting), others, othersInAll, unread, outage, manifests)
                : this;
    }

    /**
     * {@return a copy of what was kept from before an outage, with what was read since then although not everything could be}
     * A newer scan is not forgotten because the registry went down after it was read.
     *
     * @param more what was read since then
     */
    public SignatureFacts withVerified(List<SignedBy> more) {
        List<SignedBy> all = Stream.concat(verified.stream(), more.stream()).toList();
        return new SignatureFacts(all, others, othersInAll, unread, outage, manifests);
    }

    /** {@return who signed, in a few words for logs and audit annotations: {@code signed by release, vuln attested by ci}} */
    @Override
    public String toString() {
        if (verified.size() == 1 && outage == null) {
            return verified.get(0).toString();
        }
        List<String> all = verified.stream().map(SignedBy::toString).distinct().toList();
        String shown = String.join(", ", all.subList(0, Math.min(SHOWN, all.size())));
        String kept = outage == null
                ? ""
                : ", as verified at " + outage.truncatedTo(ChronoUnit.SECONDS) + ": the registry is down";
        return (all.isEmpty() ? "none that counts" : shown) + kept;
    }
}
