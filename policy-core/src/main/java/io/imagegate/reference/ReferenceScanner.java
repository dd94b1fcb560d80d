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
 * Reads the parts of a reference, front to back, and says where each one ends. Nothing is cut out and nothing is
 * allocated; each character is looked at once, those of a registry twice, whatever the text.
 */
final class ReferenceScanner {

    /** What {@link #registryEnd} says when Docker Hub is meant without being written. */
    static final int DOCKER_HUB = 0;

    /** What {@link #registryEnd} says when what looks like a registry cannot be one, and is read as a path segment. */
    static final int NO_REGISTRY = -1;

    private static final int LONGEST_REPOSITORY = 255;
    static final int LONGEST_TAG = 128;

    private static final int LONGEST_REST = LONGEST_REPOSITORY + 1 + LONGEST_TAG + 1 + Digest.LONGEST;
    private static final int IMAGE_ID_LENGTH = 64;
    private static final String LIBRARY = "library/";

    /** Two underscores, after which nothing but a letter or digit may follow. */
    private static final int TWO_UNDERSCORES = UNDERSCORE | DASH;

    private ReferenceScanner() {}

    static ImageReference scan(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            refuseEmptyOrImageId(text);
        }
        int registryEnd = slash < 0 ? DOCKER_HUB : registryEnd(text, slash);
        int repositoryStart = registryEnd > 0 ? registryEnd + 1 : 0;
        if (text.length() - repositoryStart > LONGEST_REST) {
            throw problem(text, ReferenceProblem.TOO_LONG, repositoryStart + LONGEST_REST);
        }
        int repositoryEnd = repositoryEnd(text, repositoryStart);
        int tagEnd = tagEnd(text, repositoryEnd);
        if (tagEnd < text.length()) {
            Digest.check("image", text, tagEnd + 1);
        }
        ImageReference reference = new ImageReference(text, registryEnd, repositoryEnd, tagEnd);
        refuseLongRepository(reference, text, repositoryStart, repositoryEnd);
        return reference;
    }

    private static void refuseEmptyOrImageId(String text) {
        if (text.isEmpty()) {
            throw problem(text, ReferenceProblem.EMPTY, 0);
        }
        if (text.length() == IMAGE_ID_LENGTH && hexEnd(text) == IMAGE_ID_LENGTH) {
            throw problem(text, ReferenceProblem.IMAGE_ID, 0);
        }
    }

    private static int hexEnd(String text) {
        int i = 0;
        while (i < text.length() && (CharacterClass.of(text.charAt(i)) & LOWER_HEX) != 0) {
            i++;
        }
        return i;
    }

    private static void refuseLongRepository(ImageReference reference, String text, int start, int end) {
        int longest = LONGEST_REPOSITORY - LIBRARY.length();
        // Only a length between the two limits depends on whether library/ is implied.
        if (end - start > longest) {
            longest = reference.impliesLibrary() ? longest : LONGEST_REPOSITORY;
            if (end - start > longest) {
                throw problem(text, ReferenceProblem.REPOSITORY_LENGTH, start + longest);
            }
        }
    }

    /** {@return where the registry ends that is followed by the first slash, {@link #DOCKER_HUB} or {@link #NO_REGISTRY}} */
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
        RegistryScanner.check(text, slash);
        return slash;
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
            } else if ((current & (COLON | AT)) != 0) {
                break;
            } else {
                previous = separator(text, i, current, previous);
            }
        }
        if (previous != LOWER_OR_DIGIT) {
            throw danglingEnd(text, i, previous);
        }
        return i;
    }

    private static int separator(String text, int i, int current, int previous) {
        int next = after(previous, current);
        if (next == 0) {
            throw problem(text, repositoryProblem(text.charAt(i), current, previous), i);
        }
        return next;
    }

    /**
     * {@return what a character of a repository leaves before the next one, or 0 if it cannot stand where it does}
     *
     * @param previous what it finds before it: a slash at the start
     * @param current its class
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

    private static ReferenceProblem repositoryProblem(char c, int current, int previous) {
        if ((current & UPPER) != 0) {
            return ReferenceProblem.UPPERCASE;
        }
        if (current == SLASH && previous == SLASH) {
            return ReferenceProblem.EMPTY_SEGMENT;
        }
        return current == 0 ? strayProblem(c, ReferenceProblem.CHARACTER) : ReferenceProblem.SEPARATOR;
    }

    private static ReferenceSyntaxException danglingEnd(String text, int end, int previous) {
        return previous == SLASH
                ? problem(text, ReferenceProblem.EMPTY_SEGMENT, end)
                : problem(text, ReferenceProblem.SEPARATOR, end - 1);
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
            char c = text.charAt(i);
            if ((CharacterClass.of(c) & allowed) == 0) {
                throw problem(text, strayProblem(c, ReferenceProblem.TAG), i);
            }
            allowed |= DOT | DASH;
        }
        if (i == start) {
            throw problem(text, ReferenceProblem.EMPTY_TAG, i);
        }
        if (i - start > LONGEST_TAG) {
            throw problem(text, ReferenceProblem.TAG_LENGTH, start + LONGEST_TAG);
        }
        return i;
    }

    /** {@return the problem of a character that is not allowed: a general one if it stands nowhere, else the given one} */
    static ReferenceProblem strayProblem(char c, ReferenceProblem otherwise) {
        if (c >= 128) {
            return ReferenceProblem.NOT_ASCII;
        }
        return c == ' ' || (c >= '\t' && c <= '\r') ? ReferenceProblem.WHITE_SPACE : otherwise;
    }

    static ReferenceSyntaxException problem(String text, ReferenceProblem problem, int offset) {
        return new ReferenceSyntaxException("image", text, problem, offset);
    }
}
