package io.imagegate.reference;

import static io.imagegate.reference.CharacterClass.COLON;
import static io.imagegate.reference.CharacterClass.DASH;
import static io.imagegate.reference.CharacterClass.DIGIT;
import static io.imagegate.reference.CharacterClass.DOT;
import static io.imagegate.reference.CharacterClass.LOWER_HEX;
import static io.imagegate.reference.CharacterClass.LOWER_OR_DIGIT;
import static io.imagegate.reference.CharacterClass.UPPER;
import static io.imagegate.reference.CharacterClass.UPPER_HEX;

/** Reads a registry: a host name or a bracketed IPv6 address, and perhaps a port. */
final class RegistryScanner {

    private RegistryScanner() {}

    /** Refuses text whose part before an offset, where a slash stands, is not a registry. */
    static void check(String text, int end) {
        int hostEnd = end > 0 && text.charAt(0) == '[' ? addressEnd(text, end) : nameEnd(text, end);
        if (hostEnd < end) {
            checkPort(text, hostEnd, end);
        }
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
                throw stray(text, i);
            }
        }
        if (previous != LOWER_OR_DIGIT) {
            throw stray(text, previous == DASH ? i - 1 : i);
        }
        return i;
    }

    private static int addressEnd(String text, int end) {
        int i = 1;
        while (i < end && (CharacterClass.of(text.charAt(i)) & (LOWER_HEX | UPPER_HEX | COLON)) != 0) {
            i++;
        }
        if (i == 1 || i == end || text.charAt(i) != ']') {
            throw stray(text, i);
        }
        return i + 1;
    }

    private static void checkPort(String text, int colon, int end) {
        if (text.charAt(colon) != ':') {
            throw stray(text, colon);
        }
        for (int i = colon + 1; i < end; i++) {
            if ((CharacterClass.of(text.charAt(i)) & DIGIT) == 0) {
                throw problem(text, ReferenceProblem.REGISTRY_PORT, i);
            }
        }
        if (colon + 1 == end) {
            boolean scheme = text.startsWith("//", end);
            throw problem(text, scheme ? ReferenceProblem.SCHEME : ReferenceProblem.REGISTRY_PORT, scheme ? 0 : end);
        }
    }

    private static ReferenceSyntaxException stray(String text, int offset) {
        return problem(
                text, ReferenceScanner.strayProblem(text.charAt(offset), ReferenceProblem.REGISTRY_HOST), offset);
    }

    private static ReferenceSyntaxException problem(String text, ReferenceProblem problem, int offset) {
        return ReferenceScanner.problem(text, problem, offset);
    }
}
