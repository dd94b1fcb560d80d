package io.imagegate.rule;

import io.imagegate.reference.Digest;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Unaccepted;
import io.imagegate.text.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One check of signatures or attestations: which count, and why the others do not. */
final class SignedCheck {

    /** How many reasons a sentence gives. */
    private static final int SHOWN = 3;

    private final Message noun;
    private final SignerNames signers;
    private final Digest digest;
    private final Instant instant;
    private final SignatureFacts found;
    private final List<Finding> problems = new ArrayList<>();
    private @Nullable Finding alone;

    SignedCheck(Message noun, SignerNames signers, Digest digest, Instant instant, SignatureFacts found) {
        this.noun = noun;
        this.signers = signers;
        this.digest = digest;
        this.instant = instant;
        this.found = found;
    }

    /** {@return those of these signers that are for this digest, and count at this instant} */
    List<SignedBy> current() {
        return found.verified().stream()
                .filter(signed -> signers.has(signed.signer()))
                .filter(this::isCurrent)
                .toList();
    }

    private boolean isCurrent(SignedBy signed) {
        if (!signed.digest().equals(digest)) {
            return no(Message.SIGNED_ELSEWHERE, subject(noun, signed), signed.digest());
        }
        if (instant.isAfter(signed.until())) {
            return no(Message.SIGNED_UNTIL, subject(noun, signed), shown(signed.until()));
        }
        return !instant.isBefore(signed.from()) || no(Message.SIGNED_FROM, subject(noun, signed), shown(signed.from()));
    }

    /** {@return whether its date, if it has one, is not in the future: the newest would stay the newest} */
    boolean isPast(SignedBy signed, Optional<Instant> made) {
        Instant latest = instant.plus(Age.CLOCK_SKEW);
        return made.filter(latest::isBefore)
                .map(wrong -> no(Message.SIGNED_IN_FUTURE, subject(noun, signed), shown(wrong)))
                .orElse(true);
    }

    /** {@return whether it was made at most this long ago} */
    boolean isYoung(SignedBy signed, Optional<Instant> made, Duration maxAge) {
        if (made.isEmpty()) {
            return no(Message.SIGNED_SOMETIME, subject(noun, signed));
        }
        return switch (Age.of(made.get(), instant, maxAge)) {
            case FUTURE -> no(Message.SIGNED_IN_FUTURE, subject(noun, signed), shown(made.get()));
            case OVER -> no(Message.SIGNED_LONG_AGO, subject(noun, signed), shown(made.get()), DurationText.of(maxAge));
            case WITHIN -> true;
        };
    }

    /** Records why one does not count. */
    boolean no(Message message, Object... arguments) {
        problems.add(Finding.violation(message, arguments));
        return false;
    }

    /**
     * Records what is wrong with one.
     *
     * @param says whether its sentence says everything, so that no other reasons are given
     */
    boolean no(Finding problem, boolean says) {
        problems.add(problem);
        if (says) {
            alone = problem;
        }
        return false;
    }

    /** {@return whether another fact is needed to decide} */
    boolean isPending() {
        return problems.stream().anyMatch(problem -> problem.outcome() == Outcome.PENDING);
    }

    /** {@return the name of its signer, and who that was} */
    static Finding subject(Message noun, SignedBy signed) {
        return Finding.violation(noun, signed.signerName(), signed.signatory());
    }

    static Instant shown(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * {@return that no one, or not enough, count; unknown if that is unknown of one that was found} A problem
     * that says everything is the sentence alone.
     */
    Finding none(Message message, Object... arguments) {
        if (alone != null && alone.outcome() == outcome()) {
            return alone;
        }
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.add(reasons(message == Message.SIGNED_BY_FEW ? Message.NOTHING_ELSE_FOUND : Message.NOTHING_FOUND));
        return Finding.of(outcome(), message, all.toArray());
    }

    private Outcome outcome() {
        Outcome highest = unreadOutcome();
        for (Finding problem : problems) {
            highest = problem.outcome().rank() > highest.rank() ? problem.outcome() : highest;
        }
        boolean open = found.others().stream().anyMatch(Unaccepted::undecidable);
        return open ? Outcome.UNDECIDABLE : highest;
    }

    private Outcome unreadOutcome() {
        return switch (found.unread().state()) {
            case UNDECIDABLE -> Outcome.UNDECIDABLE;
            case UNAVAILABLE -> Outcome.UNAVAILABLE;
            default -> Outcome.VIOLATED;
        };
    }

    private List<Object> reasons(Message nothing) {
        List<Object> reasons = new ArrayList<>(problems);
        reasons.addAll(found.others());
        int all = problems.size() + found.othersInAll();
        List<Object> shown = new ArrayList<>(reasons.subList(0, Math.min(SHOWN, reasons.size())));
        if (all > shown.size()) {
            shown.add(Finding.violation(Message.MORE_FOUND, all - shown.size()));
        }
        if (unreadOutcome() != Outcome.VIOLATED) {
            shown.add(found.unread().reason());
        }
        return shown.isEmpty() ? List.of(Finding.violation(nothing)) : shown;
    }
}
