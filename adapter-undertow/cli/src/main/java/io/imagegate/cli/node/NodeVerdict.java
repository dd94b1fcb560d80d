package io.imagegate.cli.node;

import io.imagegate.policy.Decision;
import io.imagegate.text.ShownText;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * Answer to containerd: whether the image may be pulled, and why, on one line.
 *
 * @param allowed whether it may
 * @param line the reason, without a line end
 */
public record NodeVerdict(boolean allowed, String line) {

    /** Most bytes of the line. containerd reads 16 KiB, and cuts the rest within a character. */
    static final int LIMIT = 4_096;

    private static final String CUT = "... (cut)";

    /**
     * {@return the verdict of a decision, with what was verified, warned of and so on where it allows}
     *
     * @param image the image
     * @param decision the decision on its review
     */
    public static NodeVerdict of(PulledImage image, Decision decision) {
        if (!decision.allowed()) {
            return refused(decision.reason());
        }
        String notes = decision.auditAnnotations().entrySet().stream()
                .map(note -> "; " + note.getKey() + ": " + note.getValue())
                .collect(Collectors.joining());
        return new NodeVerdict(true, oneLine("allowed " + image + notes));
    }

    /**
     * {@return a refusal}
     *
     * @param why the reason, which may have several lines
     */
    public static NodeVerdict refused(String why) {
        return new NodeVerdict(false, oneLine(why));
    }

    private static String oneLine(String text) {
        String line = ShownText.escape(
                text.lines().map(String::strip).filter(part -> !part.isEmpty()).collect(Collectors.joining("; ")));
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= LIMIT) {
            return line;
        }
        int end = LIMIT - CUT.length();
        while (isWithinCharacter(bytes[end])) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + CUT;
    }

    private static boolean isWithinCharacter(byte next) {
        return (next & 0xC0) == 0x80;
    }
}
