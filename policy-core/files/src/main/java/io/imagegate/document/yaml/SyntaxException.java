package io.imagegate.document.yaml;

import io.imagegate.syntax.SyntaxProblems;

/** Thrown within this package for text that is malformed or over a limit. */
final class SyntaxException extends Exception {

    static final SyntaxProblems<SyntaxException> OF_JSON =
            (line, column, problem) -> new SyntaxException(line, column, "not JSON: " + problem);

    static final SyntaxProblems<SyntaxException> OF_YAML = new SyntaxProblems<>() {
        @Override
        public SyntaxException at(int line, int column, String problem) {
            return new SyntaxException(line, column, problem);
        }

        @Override
        public SyntaxException notYaml(int line, int column, String context, String problem) {
            String sentence = context.isEmpty() ? problem : context + ", " + problem;
            return new SyntaxException(line, column, "not YAML or JSON: " + sentence);
        }
    };

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final String problem;

    private SyntaxException(int line, int column, String problem) {
        super(problem, null, false, false);
        this.line = line;
        this.column = column;
        this.problem = problem;
    }

    void addTo(String file, Problems problems) {
        problems.add(new Problem(new Position(file, line, column), problem, "", ProblemKind.SYNTAX));
    }
}
