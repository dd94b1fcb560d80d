package io.imagegate.syntax;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Decodes the contents of JSON strings. */
final class JsonText {

    private JsonText() {}

    /** Decodes the text between the quotes of a checked string. */
    static String of(byte[] bytes, int from, int to, boolean escaped) {
        String raw = new String(bytes, from, to - from, UTF_8);
        return escaped ? unescape(raw) : raw;
    }

    /** {@return the number of UTF-16 units of the result} */
    static int length(byte[] bytes, int from, int to) {
        int units = 0;
        for (int i = from; i < to; i++) {
            int b = bytes[i] & 0xff;
            if (b == '\\') {
                i += bytes[i + 1] == 'u' ? 5 : 1;
                units++;
            } else if (b < 0x80 || b >= 0xC0) { // other bytes continue a character
                units += b >= 0xF0 ? 2 : 1;
            }
        }
        return units;
    }

    /** {@return whether the escapes of a checked string write no half of a character} */
    static boolean isWhole(byte[] bytes, int from, int to) {
        StringBuilder text = unescaped(new String(bytes, from, to - from, UTF_8));
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static String unescape(String raw) {
        return replaceLoneSurrogates(unescaped(raw));
    }

    private static StringBuilder unescaped(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        int plain = 0;
        for (int slash = raw.indexOf('\\'); slash >= 0; slash = raw.indexOf('\\', plain)) {
            text.append(raw, plain, slash);
            char kind = raw.charAt(slash + 1);
            text.append(kind == 'u' ? (char) Integer.parseInt(raw, slash + 2, slash + 6, 16) : character(kind));
            plain = slash + (kind == 'u' ? 6 : 2);
        }
        return text.append(raw, plain, raw.length());
    }

    /** Replaces lone surrogates, which escapes can produce, with U+FFFD, as Kubernetes does. */
    private static String replaceLoneSurrogates(StringBuilder text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (Character.isSupplementaryCodePoint(text.codePointAt(i))) {
                    i++;
                } else {
                    text.setCharAt(i, '\uFFFD');
                }
            }
        }
        return text.toString();
    }

    private static char character(char kind) {
        return switch (kind) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> kind;
        };
    }
}
