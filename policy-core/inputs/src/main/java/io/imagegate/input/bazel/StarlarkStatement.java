package io.imagegate.input.bazel;

import io.imagegate.input.bazel.StarlarkToken.Kind;
import java.util.ArrayList;
import java.util.List;

/** Words of one statement, at least one. */
record StarlarkStatement(List<StarlarkToken> words) {

    /**
     * An argument of a call.
     *
     * @param name its name; empty if it has none
     * @param value its words, at least one
     */
    record Argument(String name, List<StarlarkToken> value) {

        /** {@return whether it is one text that is written as it is} */
        boolean isText() {
            return value.size() == 1 && value.get(0).kind() == Kind.TEXT;
        }

        /** {@return whether it is as if it were not there} */
        boolean isNone() {
            return value.size() == 1 && value.get(0).is("None");
        }
    }

    /** {@return a word; empty if there are fewer} */
    String word(int index) {
        return index < words.size() ? words.get(index).text() : "";
    }

    boolean has(int index, String sign) {
        return index < words.size() && words.get(index).is(sign);
    }

    /** {@return whether it is {@code name = …}} */
    boolean isAssignment() {
        return words.get(0).isName() && has(1, "=") && !has(2, "=");
    }

    /** {@return whether it is a call from its beginning to its end, whose bracket is at an index} */
    boolean isCall(int bracket) {
        if (!has(bracket, "(")) {
            return false;
        }
        int depth = 0;
        for (int i = bracket; i < words.size(); i++) {
            depth += depth(words.get(i));
            if (depth == 0) {
                return i == words.size() - 1;
            }
        }
        return false;
    }

    private static int depth(StarlarkToken word) {
        if (word.kind() != Kind.SIGN) {
            return 0;
        }
        return "([{".contains(word.text()) ? 1 : ")]}".contains(word.text()) ? -1 : 0;
    }

    /** {@return the arguments of a call whose bracket is at an index} */
    List<Argument> arguments(int bracket) {
        List<Argument> arguments = new ArrayList<>();
        List<StarlarkToken> part = new ArrayList<>();
        int depth = 0;
        for (StarlarkToken word : words.subList(bracket + 1, words.size() - 1)) {
            depth += depth(word);
            if (depth == 0 && word.is(",")) {
                add(part, arguments);
                part = new ArrayList<>();
            } else {
                part.add(word);
            }
        }
        add(part, arguments);
        return arguments;
    }

    private static void add(List<StarlarkToken> part, List<Argument> arguments) {
        boolean named = part.size() > 2
                && part.get(0).isName()
                && part.get(1).is("=")
                && !part.get(2).is("=");
        if (named) {
            arguments.add(new Argument(part.get(0).text(), part.subList(2, part.size())));
        } else if (!part.isEmpty()) {
            arguments.add(new Argument("", part));
        }
    }
}
