package io.imagegate.server.check.report;

import io.imagegate.policy.Violation;
import io.imagegate.review.ReviewedImage;

/**
 * One line of a report: a violation, and where it was found.
 *
 * @param subject what was checked
 * @param line the line of the image itself, or of the subject
 * @param written the image as it was typed, where the policies gave it another name; else empty
 * @param violation what was found
 */
public record Result(Subject subject, int line, String written, Violation violation) {

    /** {@return the label of its outcome, such as {@code denied}} */
    public String outcome() {
        return violation.outcome().label();
    }

    /** {@return the image by the name that was checked; empty when the subject as a whole is at fault} */
    public String image() {
        return violation.image().map(ReviewedImage::text).orElse("");
    }

    /** {@return the position of the image in its object; empty without an object} */
    public String place() {
        return subject.object().isEmpty()
                ? ""
                : violation.image().map(ReviewedImage::place).orElse("");
    }

    /** {@return file and line, such as {@code web.yaml:12}; empty for an argument} */
    public String location() {
        return subject.file().isEmpty() || line == 0 ? subject.file() : subject.file() + ":" + line;
    }
}
