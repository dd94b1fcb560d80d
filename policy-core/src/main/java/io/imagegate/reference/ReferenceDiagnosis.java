package io.imagegate.reference;

import static io.imagegate.reference.CharacterClass.AT;
import static io.imagegate.reference.CharacterClass.COLON;
import static io.imagegate.reference.CharacterClass.LOWER_HEX;
import static io.imagegate.reference.CharacterClass.LOWER_OR_DIGIT;
import static io.imagegate.reference.CharacterClass.SLASH;
import static io.imagegate.reference.CharacterClass.UPPER;

/** Finds the problem at the offset where the scanner of a part stopped. */
final class ReferenceDiagnosis {

    private ReferenceDiagnosis() {}

    static SyntaxProblem whole(String text) {
        return problem(text, text.isEmpty() ? ReferenceProblem.EMPTY : ReferenceProblem.IMAGE_ID, 0);
    }

    static SyntaxProblem registry(String text, int slash, int offset) {
        int port = text.startsWith("[") ? text.indexOf("]:") + 1 : text.indexOf(':');
        if (port <= 0 || offset <= port) {
            return problem(text, strayProblem(text.charAt(offset), ReferenceProblem.REGISTRY_HOST), offset);
        }
        boolean scheme = port + 1 == slash && text.startsWith("//", slash);
        return scheme
                ? problem(text, text.startsWith("ko://") ? ReferenceProblem.KO : ReferenceProblem.SCHEME, 0)
                : problem(text, ReferenceProblem.REGISTRY_PORT, offset);
    }

    static SyntaxProblem repository(String text, int start, int offset) {
        int previous = offset == start ? SLASH : CharacterClass.of(text.charAt(offset - 1));
        int current = offset == text.length() ? 0 : CharacterClass.of(text.charAt(offset));
        boolean ended = offset == text.length() || (current & (COLON | AT)) != 0;
        if (previous == SLASH && (ended || current == SLASH)) {
            return problem(text, ReferenceProblem.EMPTY_SEGMENT, offset);
        }
        if (ended) {
            return problem(text, ReferenceProblem.SEPARATOR, offset - 1);
        }
        return problem(text, repositoryProblem(text.charAt(offset), current), offset);
    }

    private static ReferenceProblem repositoryProblem(char c, int current) {
        if ((current & UPPER) != 0) {
            return ReferenceProblem.UPPERCASE;
        }
        return current == 0 ? strayProblem(c, ReferenceProblem.CHARACTER) : ReferenceProblem.SEPARATOR;
    }

    static SyntaxProblem tag(String text, int start, int offset) {
        if (offset == text.length() || text.charAt(offset) == '@') {
            return problem(text, ReferenceProblem.EMPTY_TAG, offset);
        }
        boolean tooLong = offset - start == ReferenceScanner.LONGEST_TAG && isTagCharacter(text.charAt(offset));
        return problem(
                text,
                tooLong ? ReferenceProblem.TAG_LENGTH : strayProblem(text.charAt(offset), ReferenceProblem.TAG),
                offset);
    }

    private static boolean isTagCharacter(char c) {
        return c == '.' || c == '-' || c == '_' || (CharacterClass.of(c) & (LOWER_OR_DIGIT | UPPER)) != 0;
    }

    /** The subject is what was expected: an image or a digest. */
    static SyntaxProblem digest(String subject, String text, int start, int offset) {
        ReferenceProblem problem = ReferenceProblem.DIGEST_LENGTH;
        if (offset == start) {
            boolean named = text.indexOf(':', start) > start;
            problem = named ? ReferenceProblem.DIGEST_ALGORITHM : ReferenceProblem.DIGEST;
        } else if (offset < text.length() && (CharacterClass.of(text.charAt(offset)) & LOWER_HEX) == 0) {
            problem = ReferenceProblem.DIGEST;
        }
        return new SyntaxProblem(subject, text, problem, offset);
    }

    /**
     * {@return the problem of a character that is not allowed: a general one if no reference contains it, else the
     * given one}
     */
    private static ReferenceProblem strayProblem(char c, ReferenceProblem otherwise) {
        if (c >= 128) {
            return ReferenceProblem.NOT_ASCII;
        }
        if (c == '<' || c == '{') {
            return ReferenceProblem.PLACEHOLDER;
        }
        return c == ' ' || (c >= '\t' && c <= '\r') ? ReferenceProblem.WHITE_SPACE : otherwise;
    }

    static SyntaxProblem problem(String text, ReferenceProblem problem, int offset) {
        return new SyntaxProblem("image", text, problem, offset);
    }
}
