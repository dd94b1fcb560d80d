package io.imagegate.document;

import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.ReferenceSyntaxException;
import java.util.Optional;

/** Line of a file of patterns: an optional pattern and an optional comment after {@code #}. */
final class PatternLine {

    private PatternLine() {}

    static Optional<ImagePattern> parse(Position start, String line, Problems problems) {
        int comment = line.indexOf('#');
        String before = (comment < 0 ? line : line.substring(0, comment)).stripTrailing();
        String text = before.stripLeading();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ImagePattern.parse(text));
        } catch (ReferenceSyntaxException e) {
            int offset = before.length() - text.length() + e.offset();
            problems.add(
                    start.right(line.codePointCount(0, offset)),
                    "pattern " + YamlNode.quote(text) + ": " + e.sentence());
            return Optional.empty();
        }
    }
}
