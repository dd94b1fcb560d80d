package io.imagegate.reference;

import static io.imagegate.reference.CharacterClass.COLON;
import static io.imagegate.reference.CharacterClass.DASH;
import static io.imagegate.reference.CharacterClass.DIGIT;
import static io.imagegate.reference.CharacterClass.DOT;
import static io.imagegate.reference.CharacterClass.LOWER_HEX;
import static io.imagegate.reference.CharacterClass.LOWER_OR_DIGIT;
import static io.imagegate.reference.CharacterClass.UPPER;
import static io.imagegate.reference.CharacterClass.UPPER_HEX;

/**
 * Scans a registry: a host name or a bracketed IPv6 address, and optionally a port. The results are the end of a part,
 * or the complement of the offset of the error.
 */
final class RegistryScanner {

    private RegistryScanner() {}

    /** {@return the given end if all text before it is a registry, else the complement of the offset of the error} */
    static int end(String text, int end) {
        int hostEnd = end > 0 && text.charAt(0) == '[' ? addressEnd(text, end) : nameEnd(text, end);
        return hostEnd < 0 || hostEnd == end ? hostEnd : portEnd(text, hostEnd, end);
    }

    private static int nameEnd(String text, int end) {
        int previous = DOT;
        int i = 0;
        for (; i < end; i++) {
            int current = CharacterClass.of(text.charAt(i));
            if ((current & (LOWER_OR_DIGIT | UPPER)) != 0) {
                previous = LOWER_OR_DIGIT;
            } else if (current == COLON) {
                break;
            } else if ((current == DASH && previous != DOT) || (current == DOT && previous == LOWER_OR_DIGIT)) {
                previous = current;
            } else {
                return ~i;
            }
        }
        if (previous == LOWER_OR_DIGIT) {
            return i;
        }
        return previous == DASH ? ~(i - 1) : ~i;
    }

    private static int addressEnd(String text, int end) {
        int i = 1;
        while (i < end && (CharacterClass.of(text.charAt(i)) & (LOWER_HEX | UPPER_HEX | COLON)) != 0) {
            i++;
        }
        return i == 1 || i == end || text.charAt(i) != ']' ? ~i : i + 1;
    }

    private static int portEnd(String text, int colon, int end) {
        if (text.charAt(colon) != ':') {
            return ~colon;
        }
        int i = colon + 1;
        while (i < end && (CharacterClass.of(text.charAt(i)) & DIGIT) != 0) {
            i++;
        }
        return i == end && i > colon + 1 ? end : ~i;
    }
}
