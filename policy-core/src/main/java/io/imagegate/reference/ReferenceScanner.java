package io.imagegate.reference;

import static io.imagegate.reference.CharacterClass.AT;
import static io.imagegate.reference.CharacterClass.COLON;
import static io.imagegate.reference.CharacterClass.DASH;
import static io.imagegate.reference.CharacterClass.DOT;
import static io.imagegate.reference.CharacterClass.LOWER_HEX;
import static io.imagegate.reference.CharacterClass.LOWER_OR_DIGIT;
import static io.imagegate.reference.CharacterClass.SLASH;
import static io.imagegate.reference.CharacterClass.UNDERSCORE;
import static io.imagegate.reference.CharacterClass.UPPER;

/**
 * Scans a reference from front to back and finds the end of each part. Allocates nothing, and reads each character
 * once, those of a registry twice.
 *
 * <p>For a malformed part the result is the complement ({@code ~}) of the offset of the error, which is negative.
 * {@link ReferenceDiagnosis} then finds the problem.
 */
final class ReferenceScanner {

    /** Result of {@link #registryEnd} if Docker Hub is implied. */
    static final int DOCKER_HUB = 0;

    /** Result of {@link #registryEnd} if the first part looks like a registry but is read as a path segment. */
    static final int NO_REGISTRY = Integer.MIN_VALUE;

    static final int LONGEST_REPOSITORY = 255;
    static final int LONGEST_TAG = 128;
    private static final int LONGEST_REST = LONGEST_REPOSITORY + 1 + LONGEST_TAG + 1 + Digest.LONGEST;
    private static final int IMAGE_ID_LENGTH = 64;
    private static final String LIBRARY = "library/";

    /** Two underscores. Only a letter or digit may follow. */
    private static final int TWO_UNDERSCORES = UNDERSCORE | DASH;

    private ReferenceScanner() {}

    /** {@return the {@link ImageReference}, or the {@link SyntaxProblem} that says why the text is none} */
    static ScanResult scan(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 && (text.isEmpty() || isImageId(text))) {
            return ReferenceDiagnosis.whole(text);
        }
        int registryEnd = slash < 0 ? DOCKER_HUB : registryEnd(text, slash);
        if (registryEnd < 0 && registryEnd != NO_REGISTRY) {
            return ReferenceDiagnosis.registry(text, slash, ~registryEnd);
        }
        int start = registryEnd > 0 ? registryEnd + 1 : 0;
        if (text.length() - start > LONGEST_REST) {
            return ReferenceDiagnosis.problem(text, ReferenceProblem.TOO_LONG, start + LONGEST_REST);
        }
        int repositoryEnd = repositoryEnd(text, start);
        if (repositoryEnd < 0) {
            return ReferenceDiagnosis.repository(text, start, ~repositoryEnd);
        }
        int tagEnd = tagEnd(text, repositoryEnd);
        if (tagEnd < 0) {
            return ReferenceDiagnosis.tag(text, repositoryEnd + 1, ~tagEnd);
        }
        int end = tagEnd == text.length() ? tagEnd : Digest.end(text, tagEnd + 1);
        if (end < 0) {
            return ReferenceDiagnosis.digest("image", text, tagEnd + 1, ~end);
        }
        return checked(new ImageReference(text, registryEnd, repositoryEnd, tagEnd), start, repositoryEnd);
    }

    /** Refuses a long repository. Only a length between the two limits depends on whether library/ is implied. */
    private static ScanResult checked(ImageReference reference, int start, int repositoryEnd) {
        int longest = LONGEST_REPOSITORY - LIBRARY.length();
        int length = repositoryEnd - start;
        if (length > longest && (length > LONGEST_REPOSITORY || reference.impliesLibrary())) {
            int offset = start + (reference.impliesLibrary() ? longest : LONGEST_REPOSITORY);
            return ReferenceDiagnosis.problem(reference.text(), ReferenceProblem.REPOSITORY_LENGTH, offset);
        }
        return reference;
    }

    private static boolean isImageId(String text) {
        int i = 0;
        while (i < text.length() && (CharacterClass.of(text.charAt(i)) & LOWER_HEX) != 0) {
            i++;
        }
        return i == IMAGE_ID_LENGTH && text.length() == IMAGE_ID_LENGTH;
    }

    /** {@return the end of the registry before the first slash, {@link #DOCKER_HUB} or {@link #NO_REGISTRY}} */
    private static int registryEnd(String text, int slash) {
        int seen = 0;
        for (int i = 0; i < slash; i++) {
            seen |= CharacterClass.of(text.charAt(i));
        }
        if ((seen & (DOT | COLON | UPPER)) == 0 && !isLocalhost(text, slash)) {
            return DOCKER_HUB;
        }
        if ((seen & UNDERSCORE) != 0 && (seen & (COLON | UPPER)) == 0) {
            return NO_REGISTRY;
        }
        return RegistryScanner.end(text, slash);
    }

    private static boolean isLocalhost(String text, int end) {
        return end == "localhost".length() && text.startsWith("localhost");
    }

    private static int repositoryEnd(String text, int start) {
        int length = text.length();
        int previous = SLASH;
        int i = start;
        for (; i < length; i++) {
            int current = CharacterClass.of(text.charAt(i));
            if ((current & LOWER_OR_DIGIT) != 0) {
                previous = LOWER_OR_DIGIT;
                continue;
            }
            if ((current & (COLON | AT)) != 0) {
                break;
            }
            previous = after(previous, current);
            if (previous == 0) {
                return ~i;
            }
        }
        return previous == LOWER_OR_DIGIT ? i : ~i;
    }

    /**
     * {@return the state after a character of a repository, or 0 if the character is not allowed there}
     *
     * @param previous the state before it; a slash at the start
     * @param current the class of the character
     */
    static int after(int previous, int current) {
        if ((current & LOWER_OR_DIGIT) != 0) {
            return LOWER_OR_DIGIT;
        }
        if (previous == LOWER_OR_DIGIT) {
            return current & (DOT | UNDERSCORE | DASH | SLASH);
        }
        if (current == UNDERSCORE && previous == UNDERSCORE) {
            return TWO_UNDERSCORES;
        }
        return current == DASH && previous == DASH ? DASH : 0;
    }

    private static int tagEnd(String text, int repositoryEnd) {
        int length = text.length();
        if (repositoryEnd == length || text.charAt(repositoryEnd) == '@') {
            return repositoryEnd;
        }
        int start = repositoryEnd + 1;
        int allowed = LOWER_OR_DIGIT | UPPER | UNDERSCORE;
        int i = start;
        for (; i < length && text.charAt(i) != '@'; i++) {
            if ((CharacterClass.of(text.charAt(i)) & allowed) == 0) {
                return ~i;
            }
            allowed |= DOT | DASH;
        }
        if (i - start > LONGEST_TAG) {
            return ~(start + LONGEST_TAG);
        }
        return i == start ? ~i : i;
    }
}
