package io.imagegate.reference;

/**
 * One line about text that could not be read. What is quoted comes from whoever sent it, so all but printable ASCII is
 * escaped (control characters, bidirectional marks, look-alike letters) and long text is cut.
 */
final class SyntaxMessage {

    private static final int SHOWN = 120;

    private SyntaxMessage() {}

    static String of(String subject, String input, int offset, String sentence) {
        StringBuilder message = new StringBuilder(subject).append(' ');
        quote(message, input);
        message.append(": ");
        if (offset < input.length()) {
            position(message, input, offset);
        } else if (offset > 0) {
            message.append("at the end: ");
        }
        return message.append(sentence).toString();
    }

    private static void quote(StringBuilder message, String input) {
        int end = Math.min(input.length(), SHOWN);
        message.append('"');
        for (int i = 0; i < end; i++) {
            escape(message, input.charAt(i), '"');
        }
        message.append('"');
        if (end < input.length()) {
            message.append("... (").append(input.length()).append(" characters)");
        }
    }

    private static void position(StringBuilder message, String input, int offset) {
        message.append("character ").append(offset + 1).append(" '");
        escape(message, input.charAt(offset), '\'');
        message.append('\'');
        int character = input.codePointAt(offset);
        String name = character < 128 ? null : Character.getName(character);
        if (name != null) {
            message.append(" (").append(name).append(')');
        }
        message.append(": ");
    }

    private static void escape(StringBuilder message, char c, char quote) {
        switch (c) {
            case '\n' -> message.append("\\n");
            case '\r' -> message.append("\\r");
            case '\t' -> message.append("\\t");
            case '\\' -> message.append("\\\\");
            default -> {
                if (c == quote) {
                    message.append('\\').append(c);
                } else if (c >= ' ' && c < 127) {
                    message.append(c);
                } else {
                    message.append(String.format("\\u%04x", (int) c));
                }
            }
        }
    }
}
