package io.imagegate.reference;

import io.imagegate.text.SafeText;
import java.io.Serializable;
import java.util.Optional;

/**
 * Why a text is no image reference, image pattern or digest: the problem and its offset. Immutable. Its message is made only when
 * it is read.
 *
 * @since 0.1
 */
public final class SyntaxProblem implements ScanResult, Serializable {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 120;
    private static final String IMAGE = "image";

    /** What was expected: {@code image}, {@code pattern} or {@code digest}. */
    private final String subject;

    /** The invalid text. */
    private final String input;

    /** Code of the problem. */
    private final String code;

    /** The problem and what was expected. */
    private final String sentence;

    /** Offset of the problem. */
    private final int offset;

    SyntaxProblem(String subject, String input, ReferenceProblem problem, int offset) {
        this(subject, input, problem.code(), problem.sentence(), offset);
    }

    SyntaxProblem(String pattern, PatternProblem problem, int offset) {
        this("pattern", pattern, problem.code(), problem.sentence(), offset);
    }

    private SyntaxProblem(String subject, String input, String code, String sentence, int offset) {
        this.subject = subject;
        this.input = input;
        this.code = code;
        this.sentence = sentence;
        this.offset = offset;
    }

    /** {@return the code, such as {@code digest-length}; it does not change between versions} */
    public String code() {
        return code;
    }

    /** {@return the problem and what was expected, without the text and the position} */
    public String sentence() {
        return sentence;
    }

    /**
     * {@return the index of the offending character, from 0; the length of the text if something is missing at its end}
     */
    public int offset() {
        return offset;
    }

    /**
     * {@return a valid reference that was probably meant, such as {@code nginx:1.2} by {@code Nginx:1.2}; empty if no simple change
     * makes one}
     */
    public Optional<String> suggestion() {
        return subject.equals(IMAGE) ? MendedReference.of(input) : Optional.empty();
    }

    /**
     * {@return one line that is safe to print: the text is quoted, escaped and cut, as in
     * {@code image "docker/Nginx": character 8 'N': repository must be lowercase}}
     */
    public String message() {
        return subject + ' ' + SafeText.quote(input, SHOWN) + ": " + position() + sentence;
    }

    private String position() {
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

    /** {@return the {@linkplain #message() message}} */
    @Override
    public String toString() {
        return message();
    }
}
