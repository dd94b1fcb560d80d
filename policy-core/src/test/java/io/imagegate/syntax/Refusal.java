package io.imagegate.syntax;

/** Thrown in tests for text that is refused; says whether it is malformed or over a limit. */
public final class Refusal extends Exception {

    public static final SyntaxProblems<Refusal> PROBLEMS = new SyntaxProblems<>() {
        @Override
        public Refusal at(int line, int column, String problem) {
            return new Refusal(line + ":" + column + ": " + problem);
        }

        @Override
        public Refusal overLimit(int line, int column, String problem) {
            return new Refusal(line + ":" + column + ": over a limit: " + problem);
        }
    };

    /** As of reviews. */
    static final SyntaxLimits LIMITS =
            SyntaxLimits.builder(262_144, 100).totalChars(8 * 262_144).build();

    private static final long serialVersionUID = 1L;

    private Refusal(String message) {
        super(message);
    }
}
