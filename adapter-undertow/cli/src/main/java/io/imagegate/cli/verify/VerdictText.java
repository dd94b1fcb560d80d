package io.imagegate.cli.verify;

import io.imagegate.reference.ImageReference;
import io.imagegate.signature.LogRecord;
import io.imagegate.signature.SignedContent;
import io.imagegate.signature.Verdict;
import io.imagegate.signature.search.Verification;
import io.imagegate.text.ShownText;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Verdicts in one line each. */
public final class VerdictText {

    private static final String UNREAD_LOGS = "log entries were not verified, because no --trusted-root is given";

    private VerdictText() {}

    /**
     * {@return what was verified, by whom, when and in which log; or why it was not}
     *
     * @param what the image or the file
     * @param verdict on a signature or an attestation
     * @param withRoot whether a trusted root was given
     */
    public static String line(String what, Verdict verdict, boolean withRoot) {
        return ShownText.escape(
                verdict instanceof Verdict.Verified verified
                        ? "verified: " + what + " " + signed(verified) + maker(verified, withRoot)
                        : "not verified: " + what + ": " + reason(verdict));
    }

    /**
     * {@return who signed an image, when and in which log; or what was found instead}
     *
     * @param verification of the image
     * @param image the image
     * @param withRoot whether a trusted root was given
     */
    public static String line(Verification verification, ImageReference image, boolean withRoot) {
        String what = verification.digest().map(image::withDigest).orElse(image).canonical();
        return verification
                .verified()
                .map(verified -> line(what, verified, withRoot))
                .orElseGet(() -> ShownText.escape("not verified: " + what + ": " + verification.reason()));
    }

    /**
     * {@return why a signature does not count}
     *
     * @param verdict any but a verified one
     */
    public static String reason(Verdict verdict) {
        return verdict instanceof Verdict.Undecidable unknown
                ? "undecidable: " + unknown.message()
                : ((Verdict.Violated) verdict).message();
    }

    private static String signed(Verdict.Verified verified) {
        SignedContent content = verified.content();
        boolean attestation =
                !content.isImageSignature() && content.predicateType().isPresent();
        return attestation
                ? "has an attestation of the type " + content.predicateType().get() + " by "
                : "is signed by ";
    }

    /**
     * {@return who made a signature, when it existed and where it is logged}
     *
     * @param verified the verdict
     * @param withRoot whether a trusted root was given
     */
    public static String maker(Verdict.Verified verified, boolean withRoot) {
        return verified.signatory() + evidence(verified, withRoot);
    }

    private static String evidence(Verdict.Verified verified, boolean withRoot) {
        return time(verified.times()) + logs(verified.entries(), withRoot);
    }

    private static String time(List<Instant> times) {
        return times.isEmpty() ? ", no time is proven" : ", at " + times.get(0);
    }

    private static String logs(List<LogRecord> entries, boolean withRoot) {
        if (!withRoot) {
            return ", " + UNREAD_LOGS;
        }
        return entries.stream()
                .map(entry -> ", entry " + entry.index() + " of the log " + entry.log())
                .collect(Collectors.joining());
    }
}
