package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.reference.GlobSet;
import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of a kustomization. Most are names with {@code .}, {@code .*} and alternatives, which are globs here; for others
 * of targets {@link GoExpression} is loaded. Immutable.
 */
final class KustomizePattern {

    private static final String META = "\\*+?()[]{}|^$";
    private static final int SHOWN = 60;
    /** How many steps of a glob take the time of an instruction. */
    private static final int INSTRUCTION = 10;

    private final Predicate<String> texts;
    private final int length;

    private KustomizePattern(Predicate<String> texts, int length) {
        this.texts = texts;
        this.length = length;
    }

    /** {@return the pattern for whole texts} */
    static KustomizePattern of(ManifestNode expression) throws InputException {
        String text = expression.text;
        if (text.startsWith("^") && text.endsWith("$") && text.indexOf('|') < 0) {
            text = text.substring(1, text.length() - 1);
        }
        List<String> globs = new ArrayList<>();
        for (String alternative : text.split("\\|", -1)) {
            String glob = glob(alternative);
            if (glob == null) {
                return ofGo(expression);
            }
            globs.add(glob);
        }
        return new KustomizePattern(GlobSet.of(globs)::matches, expression.text.length());
    }

    private static KustomizePattern ofGo(ManifestNode expression) throws InputException {
        Optional<GoExpression> read = GoExpression.ofWhole(expression.text);
        if (read.isEmpty()) {
            throw unread(expression, "expected a regular expression of Go in ASCII, without classes of Unicode");
        }
        return new KustomizePattern(
                read.get()::matches, INSTRUCTION * read.get().instructions());
    }

    /** {@return the pattern for the name of an image, before its tag} */
    static KustomizePattern ofImage(ManifestNode expression) throws InputException {
        String glob = glob(expression.text);
        if (glob == null) {
            throw unread(expression, "expected a name, in which . and .* are allowed");
        }
        return new KustomizePattern(GlobSet.of(List.of(glob))::matches, expression.text.length());
    }

    /** {@return the glob for the same texts; null if there is none} */
    private static @Nullable String glob(String text) {
        StringBuilder glob = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            if (c == '.' && next == '*') {
                glob.append('*');
                i++;
            } else if (c == '.') {
                glob.append('?');
            } else if (c == '\\' && next == '.') {
                glob.append('.');
                i++;
            } else if (META.indexOf(c) >= 0) {
                return null;
            } else {
                glob.append(c);
            }
        }
        return glob.isEmpty() ? null : glob.toString();
    }

    private static InputException unread(ManifestNode expression, String expected) {
        return expression.malformed(
                "this regular expression is not read: " + SafeText.quote(expression.text, SHOWN) + "; " + expected);
    }

    boolean matches(String text) {
        return texts.test(text);
    }

    /** {@return how long the comparison with it takes, as that with a name of this length} */
    int length() {
        return length;
    }
}
