package io.imagegate.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTest {

    private static Map<String, String> environment(String variables) {
        return Arrays.stream(variables.split(" "))
                .map(variable -> variable.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TERM=xterm VTE_VERSION=7600",
                "TERM=xterm-kitty",
                "TERM=xterm KONSOLE_VERSION=230804",
                "TERM=xterm WT_SESSION=x",
                "TERM=xterm TERM_PROGRAM=vscode NO_COLOR=",
                "TERM=xterm FORCE_HYPERLINK=1"
            })
    void someTerminalsHaveLinks(String variables) {
        assertThat(Terminal.hasLinks(environment(variables))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TERM=xterm",
                "TERM=xterm VTE_VERSION=5000",
                "TERM=xterm VTE_VERSION=x",
                "TERM=dumb TERM_PROGRAM=vscode",
                "TERM_PROGRAM=vscode",
                "TERM=xterm-kitty NO_COLOR=1",
                "TERM=xterm-kitty CI=true",
                "TERM=xterm-kitty FORCE_HYPERLINK=0"
            })
    void othersHaveNone(String variables) {
        assertThat(Terminal.hasLinks(environment(variables))).isFalse();
    }
}
