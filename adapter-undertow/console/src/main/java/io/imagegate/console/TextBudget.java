package io.imagegate.console;

import io.imagegate.syntax.Node;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.yaml.YamlCursor;
import io.imagegate.yaml.YamlDialect;
import java.util.Optional;

/**
 * How much work a text in YAML is. A policy file may be large, but it is loaded once; a playground loads one for each key that
 * somebody presses, beside a program that decides on pods.
 */
final class TextBudget {

    /** The most values of a text, of which each rule, pattern and exception has some. */
    static final int MOST_VALUES = 20_000;

    /** The most expressions: each is compiled, which takes as long as hundreds of other rules. */
    static final int MOST_EXPRESSIONS = 100;

    private static final String EXPRESSION = "cel";

    private static final SyntaxLimits LIMITS = SyntaxLimits.builder(Integer.MAX_VALUE, 64)
            .parts(2 * MOST_VALUES)
            .aliases(10 * MOST_VALUES)
            .build();

    /** Thrown at what is too much, or malformed, which the reader of the text says better. */
    private static final class Problem extends Exception {

        private static final long serialVersionUID = 1L;

        private final TooMuch tooMuch;

        Problem(int line, int column, String text) {
            super(text, null, false, false);
            this.tooMuch = new TooMuch(line, column, text);
        }
    }

    /** A place at which there is too much of something. */
    record TooMuch(int line, int column, String text) {}

    private int values;
    private int expressions;

    private TextBudget() {}

    /** {@return what is too much in a text, if anything is} */
    static Optional<TooMuch> of(String text) {
        YamlCursor<Problem> cursor = YamlCursor.of(text, YamlDialect.CONFIGURATION, LIMITS, Problem::new);
        TextBudget weight = new TextBudget();
        try {
            for (Node node = cursor.document(); node != null; node = cursor.document()) {
                weight.add(node);
            }
            return Optional.empty();
        } catch (Problem found) {
            return Optional.of(found.tooMuch);
        }
    }

    private void add(Node node) throws Problem {
        values++;
        require(node, values <= MOST_VALUES, MOST_VALUES + " values");
        require(node, expressions <= MOST_EXPRESSIONS, MOST_EXPRESSIONS + " CEL expressions");
        for (Node element : node.elements()) {
            add(element);
        }
        for (Node.Field field : node.fields()) {
            expressions += field.name().text().equals(EXPRESSION) ? 1 : 0;
            add(field.value());
        }
    }

    private static void require(Node at, boolean isWithin, String most) throws Problem {
        if (!isWithin) {
            throw new Problem(at.line(), at.column(), "the playground takes at most " + most + ", expected fewer");
        }
    }
}
