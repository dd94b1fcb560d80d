package io.imagegate.cli.check.report;

import io.imagegate.policy.Enforcement;
import io.imagegate.policy.Severity;
import io.imagegate.policy.Violation;
import io.imagegate.policy.ViolationOutcome;
import io.imagegate.review.ReviewedImage;
import java.util.Optional;

/**
 * One line of a report: a violation, and where it was found.
 *
 * @param subject what was checked
 * @param line the line of the image itself, or of the subject
 * @param column the column of the image, from 1; 0 if only the line is known
 * @param written the image as it was typed, where the policies gave it another name; else empty
 * @param violation what was found
 * @param waiver why it does not deny although the violation would
 */
public record Result(Subject subject, int line, int column, String written, Violation violation, Waiver waiver) {

    /** What a violation is called that the baseline has. */
    static final String BASELINE = "baseline";

    /** What is said of a finding that does not deny, in an object that a webhook denies. */
    static final String DENIED_KIND = "the webhook would deny this kind";

    /** {@return the same as a finding that the baseline has} */
    public Result asInBaseline() {
        return new Result(subject, line, column, written, violation, Waiver.BASELINE);
    }

    /**
     * {@return the same as a finding that warns at most}
     *
     * @param why why it does not deny
     */
    public Result asWarned(Waiver why) {
        return violation.outcome() == ViolationOutcome.DENIED
                ? new Result(subject, line, column, written, violation, why)
                : this;
    }

    private boolean isWeakened() {
        return waiver == Waiver.BASE || waiver == Waiver.OPTION;
    }

    /** {@return whether it would deny, and the baseline has it} */
    boolean isInBaseline() {
        return waiver == Waiver.BASELINE;
    }

    /** {@return the label of its outcome, such as {@code denied}} */
    public String outcome() {
        return switch (waiver) {
            case BASELINE -> BASELINE;
            case BASE, OPTION -> ViolationOutcome.WARNED.label();
            case NONE -> violation.outcome().label();
        };
    }

    /** {@return whether it denies} */
    public boolean isDenied() {
        return waiver == Waiver.NONE && violation.outcome() == ViolationOutcome.DENIED;
    }

    /** {@return what other programs call it} */
    Status status() {
        if (waiver == Waiver.BASELINE) {
            return Status.skip;
        }
        return switch (isWeakened() ? ViolationOutcome.WARNED : violation.outcome()) {
            case EXEMPTED, BROKE_GLASS -> Status.skip;
            case DENIED, AUDITED -> violation.isUnknown() ? Status.error : Status.fail;
            case WARNED -> violation.isUnknown() ? Status.error : Status.warn;
        };
    }

    /** {@return what the policies do about it: deny, warn or audit} */
    Enforcement enforcement() {
        return isWeakened() ? Enforcement.WARN : violation.enforcement();
    }

    /** {@return what was found} */
    String explanation() {
        return violation.explanation() + notes();
    }

    /** {@return a sentence with image, rule and what was found} */
    String message() {
        return violation.message() + notes();
    }

    private String notes() {
        return (subject.base().isEmpty() ? "" : " (if " + subject.base() + " is deployed alone)")
                + (isDeniedByWebhook() ? " (" + DENIED_KIND + ")" : "");
    }

    /** {@return whether it does not deny, and a webhook denies the object because it does not know its kind} */
    boolean isDeniedByWebhook() {
        return subject.isOfUnknownKind() && !isDenied();
    }

    /** {@return how bad it is: low if it is only audited} */
    Optional<Severity> severity() {
        return violation.outcome() == ViolationOutcome.AUDITED ? Optional.of(Severity.LOW) : violation.severity();
    }

    /** {@return the image by the name that was checked; empty when the subject as a whole is at fault} */
    public String image() {
        return violation.image().map(ReviewedImage::text).orElse("");
    }

    /** {@return the image as it was typed; empty when the subject as a whole is at fault} */
    public String typed() {
        return written.isEmpty() ? image() : written;
    }

    /** {@return the container of the image, or its path outside of containers; empty if there is none} */
    public String container() {
        return violation
                .image()
                .flatMap(image -> image.containerName().or(image::path))
                .orElse("");
    }

    /** {@return the position of the image in its object; empty without an object} */
    public String place() {
        return subject.object().isEmpty()
                ? ""
                : violation.image().map(ReviewedImage::place).orElse("");
    }

    /** {@return file, line and column, such as {@code web.yaml:12:16}; empty for an argument} */
    public String location() {
        if (subject.file().isEmpty() || line == 0) {
            return subject.file();
        }
        return subject.file() + ":" + line + (column == 0 ? "" : ":" + column);
    }
}
