package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.reference.GlobSet;
import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.List;

/**
 * A regular expression of a kustomization, of those that people write there: names with {@code .}, {@code .*} and alternatives.
 * Others are refused. Immutable.
 */
final class KustomizePattern {

    private static final String META = "\\*+?()[]{}|^$";
    private static final int SHOWN = 60;

    private final GlobSet globs;

    private KustomizePattern(List<String> globs) {
        this.globs = GlobSet.of(globs);
    }

    /** {@return the pattern for whole texts} */
    static KustomizePattern of(ManifestNode expression) throws InputException {
        String text = expression.text;
        if (text.startsWith("^") && text.endsWith("$") && text.indexOf('|') < 0) {
            text = text.substring(1, text.length() - 1);
        }
        List<String> alternatives = new ArrayList<>();
        for (String alternative : text.split("\\|", -1)) {
            alternatives.add(glob(expression, alternative));
        }
        return new KustomizePattern(alternatives);
    }

    /** {@return the pattern for the name of an image, before its tag} */
    static KustomizePattern ofImage(ManifestNode expression) throws InputException {
        return new KustomizePattern(List.of(glob(expression, expression.text)));
    }

    private static String glob(ManifestNode expression, String text) throws InputException {
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
                throw unread(expression);
            } else {
                glob.append(c);
            }
        }
        if (glob.isEmpty()) {
            throw unread(expression);
        }
        return glob.toString();
    }

    private static InputException unread(ManifestNode expression) {
        return expression.malformed("this regular expression is not read: " + SafeText.quote(expression.text, SHOWN)
                + "; expected a name, in which . and .* are allowed");
    }

    boolean matches(String text) {
        return globs.matches(text);
    }
}
