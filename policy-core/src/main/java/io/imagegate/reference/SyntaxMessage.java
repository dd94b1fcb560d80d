package io.imagegate.reference;

import io.imagegate.text.SafeText;

/**
 * Message about text that could not be parsed. The text may be hostile, so everything but printable ASCII is escaped
 * (control characters, bidirectional marks, look-alike letters) and long text is cut.
 */
final class SyntaxMessage {

    private static final int SHOWN = 120;

    private SyntaxMessage() {}

    static String of(String subject, String input, int offset, String sentence) {
        return subject + ' ' + SafeText.quote(input, SHOWN) + ": " + position(input, offset) + sentence;
    }

    private static String position(String input, int offset) {
        if (offset == input.length()) {
            return offset == 0 ? "" : "at the end: ";
        }
        String character = SafeText.escape(input.substring(offset, offset + 1));
        return "character " + (offset + 1) + " '" + character + "'" + name(input.codePointAt(offset)) + ": ";
    }

    /** Names a character that is not ASCII, because it may look like another one. */
    private static String name(int character) {
        String name = character < 128 ? null : Character.getName(character);
        return name == null ? "" : " (" + name + ")";
    }
}
