package io.imagegate.cel;

/** What an expression may cost. */
final class Limits {

    /** Characters of an expression. */
    static final int EXPRESSION = 4_096;

    /** Levels of brackets in an expression. */
    static final int BRACKETS = 32;

    /** Levels of operands and arguments: each is some frames of the stack. */
    static final int DEPTH = 100;

    /** Elements that all comprehensions of one evaluation visit. */
    static final int ITERATIONS = 10_000;

    /** Steps of a check: each value that is made is one, and a long one is more. */
    static final int STEPS = 100_000;

    /** Characters or bytes of a value. */
    static final int LENGTH = 16_384;

    /** Elements of a value. */
    static final int ELEMENTS = 2_048;

    /** Instructions of a regular expression. */
    static final int REGEX = 500;

    /** Characters of a message. */
    static final int MESSAGE = 500;

    private Limits() {}
}
