package io.imagegate.rule;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown for a text that is no CEL expression, has the wrong type or exceeds a limit. It has all faults that were found.
 *
 * @since 0.1
 */
public final class CelSyntaxException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /**
     * One fault.
     *
     * @param offset of the character where it is
     * @param line of that character in the expression, from 1
     * @param column of that character in its line, from 1
     * @param sentence what is wrong and what was expected
     * @since 0.1
     */
    public record Fault(int offset, int line, int column, String sentence) {

        /**
         * {@return a fault of an expression}
         *
         * @param expression the text
         * @param offset of the character where it is
         * @param sentence what is wrong and what was expected
         */
        public static Fault at(String expression, int offset, String sentence) {
            String before = expression.substring(0, offset);
            int start = before.lastIndexOf('\n') + 1;
            int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
            return new Fault(offset, line, before.codePointCount(start, offset) + 1, sentence);
        }

        /** {@return the place and the sentence} */
        @Override
        public String toString() {
            return "line " + line + " column " + column + " of the expression: " + sentence;
        }
    }

    /**
     * Makes an exception.
     *
     * @param faults what is wrong, at least one
     */
    public CelSyntaxException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** {@return what is wrong, in the order of the expression} */
    public List<Fault> faults() {
        return faults;
    }
}
