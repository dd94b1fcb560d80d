package io.imagegate.admission;

import java.util.Optional;

/** What tools and controllers replace in the texts of an object that is not in a cluster yet. */
final class Placeholders {

    private Placeholders() {}

    /** {@return what envsubst and Flux replace first, in objects of any kind} */
    static Optional<String> variable(String text) {
        return first(text, false);
    }

    /** {@return what is replaced first in a custom resource, whose controller also gives parameters, such as those of Tekton and Argo} */
    static Optional<String> parameter(String text) {
        return first(text, true);
    }

    private static Optional<String> first(String text, boolean parameters) {
        for (int i = 0; i + 1 < text.length(); i++) {
            String end = end(text.charAt(i), text.charAt(i + 1), parameters);
            if (!end.isEmpty()) {
                int closed = text.indexOf(end, i + 2);
                return Optional.of(text.substring(i, closed < 0 ? withoutLineEnd(text, i + 2) : closed + end.length()));
            }
        }
        return Optional.empty();
    }

    /** {@return what closes a placeholder that two characters open; empty if they open none} */
    private static String end(char first, char second, boolean parameters) {
        if (first == '$' && second == '{') {
            return "}";
        }
        if (parameters && first == '$' && second == '(') {
            return ")";
        }
        return parameters && first == '{' && second == '{' ? "}}" : "";
    }

    /** {@return the end of a text without the line end that block scalars of YAML keep} */
    private static int withoutLineEnd(String text, int from) {
        int end = text.length();
        if (end > from && "\n\r\u0085\u2028\u2029".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
            if (end > from && text.charAt(end) == '\n' && text.charAt(end - 1) == '\r') {
                end--;
            }
        }
        return end;
    }
}
