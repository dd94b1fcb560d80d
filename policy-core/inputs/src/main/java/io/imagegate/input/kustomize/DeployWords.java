package io.imagegate.input.kustomize;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks in a text for words without which it has no object that deploys something, and none that such an object names. Escapes of JSON
 * and YAML count as what they mean. Not thread-safe.
 */
final class DeployWords {

    private static final String GROUP_END = ".io/";
    private static final byte[][] GROUPS =
            bytes(List.of("toolkit.fluxcd", "fluxcd.controlplane", "argoproj", "helm.cattle"));
    private static final byte[][] KINDS =
            bytes(List.of("HelmRelease", "Kustomization", "FluxInstance", "ResourceSet", "Application", "HelmChart"));
    private static final byte[][] NAMED = bytes(NamedObjects.WORDS);
    private static final byte[] END = GROUP_END.getBytes(ISO_8859_1);

    /** Whether a word, or the end of the name of a group, begins with a byte. */
    private static final boolean[] FIRST = new boolean[1 << Byte.SIZE];

    static {
        FIRST[END[0]] = true;
        Stream.of(KINDS, NAMED).flatMap(Stream::of).forEach(word -> FIRST[word[0]] = true);
    }

    private static final int HEX = 16;

    private boolean hasGroup;
    private boolean hasKind;
    private boolean hasNamed;

    private static byte[][] bytes(List<String> words) {
        return words.stream().map(word -> word.getBytes(ISO_8859_1)).toArray(byte[][]::new);
    }

    /** Looks in a part of a text, which begins with the end of the one before, longer than each word. */
    void read(byte[] part) {
        byte[] text = unescaped(part);
        for (int i = 0; i < text.length; i++) {
            if (FIRST[text[i] & 0xFF]) {
                look(text, i);
            }
        }
    }

    private void look(byte[] text, int at) {
        if (text[at] == END[0]) {
            hasGroup = hasGroup || (isAt(text, END, at) && isAnyBefore(text, GROUPS, at));
        } else {
            hasKind = hasKind || isAnyAt(text, KINDS, at);
            hasNamed = hasNamed || isAnyAt(text, NAMED, at);
        }
    }

    private static boolean isAnyBefore(byte[] text, byte[][] words, int at) {
        for (byte[] word : words) {
            if (isAt(text, word, at - word.length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAnyAt(byte[] text, byte[][] words, int at) {
        for (byte[] word : words) {
            if (isAt(text, word, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(byte[] text, byte[] word, int at) {
        return at >= 0
                && at + word.length <= text.length
                && text[at] == word[0]
                && Arrays.equals(text, at, at + word.length, word, 0, word.length);
    }

    /** {@return whether an object in the text may deploy something} */
    boolean mayDeploy() {
        return hasGroup && hasKind;
    }

    /** {@return whether one that deploys something may name an object in the text} */
    boolean mayBeNamed() {
        return hasNamed;
    }

    private static byte[] unescaped(byte[] text) {
        int from = 0;
        while (from < text.length && text[from] != '\\') {
            from++;
        }
        if (from == text.length) {
            return text;
        }
        byte[] plain = new byte[text.length];
        System.arraycopy(text, 0, plain, 0, from);
        int length = from;
        for (int i = from; i < text.length; ) {
            if (text[i] != '\\' || i + 1 == text.length) {
                plain[length++] = text[i++];
                continue;
            }
            int digits = digits(text[i + 1]);
            int value = digits == 0 ? -1 : hex(text, i + 2, digits);
            if (value >= 0) {
                // A word has none of the characters that are no byte.
                plain[length++] = value <= Byte.MAX_VALUE ? (byte) value : (byte) '?';
                i += 2 + digits;
            } else {
                int next = lineBreak(text, i + 1);
                if (next == i + 1) {
                    plain[length++] = text[next++];
                } else {
                    while (next < text.length && (text[next] == ' ' || text[next] == '\t')) {
                        next++;
                    }
                }
                i = next;
            }
        }
        return Arrays.copyOf(plain, length);
    }

    private static int digits(byte escape) {
        return switch (escape) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
        };
    }

    /** {@return the value of digits; negative if they are none} */
    private static int hex(byte[] text, int from, int digits) {
        if (from + digits > text.length) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = Character.digit(text[i], HEX);
            if (digit < 0) {
                return -1;
            }
            value = Math.min(value * HEX + digit, Character.MAX_VALUE);
        }
        return value;
    }

    /** {@return what is behind a line break; the same if there is none} */
    private static int lineBreak(byte[] text, int at) {
        int end = text[at] == '\r' && at + 1 < text.length ? at + 1 : at;
        return text[end] == '\n' ? end + 1 : at;
    }
}
