package io.imagegate.input.place;

import io.imagegate.text.ResourceLines;
import java.util.List;
import java.util.Locale;

/** Variables that any shell sets, as {@code shell-variables.txt} lists. */
final class ShellVariables {

    private static final List<String> NAMES =
            ResourceLines.read(ShellVariables.class.getResourceAsStream("shell-variables.txt"));
    private static final String ANY = "*";

    private ShellVariables() {}

    /** {@return whether a variable has a value of the environment wherever Compose runs} */
    static boolean contains(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return NAMES.stream()
                .anyMatch(each -> each.endsWith(ANY)
                        ? upper.startsWith(each.substring(0, each.length() - ANY.length()))
                        : upper.equals(each));
    }
}
