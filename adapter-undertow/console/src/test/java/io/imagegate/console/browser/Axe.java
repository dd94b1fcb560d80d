package io.imagegate.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** Checks pages with axe-core: rules of WCAG, and good practice. */
final class Axe {

    private static final String RUN = """
            axe.run({resultTypes: ['violations']}).then(result => result.violations.map(
                rule => rule.id + ': ' + rule.help + rule.nodes.map(
                    node => '\\n  ' + node.target.join(' ') + ' ' + node.html
                        + node.any.concat(node.all).map(check => '\\n    ' + check.message).join('')).join('')))
            """;

    private final Browser browser;

    Axe(Browser browser) {
        Machine.needs(Machine.Library.AXE);
        this.browser = browser;
    }

    void check(String state) {
        if (!Boolean.TRUE.equals(browser.script("return 'axe' in window"))) {
            browser.script(source());
        }
        assertThat(violations()).as(state).isEmpty();
    }

    private List<String> violations() {
        return browser.promised(RUN) instanceof List<?> found
                ? found.stream().map(String::valueOf).toList()
                : List.of("axe did not run");
    }

    private static String source() {
        try {
            return Files.readString(Machine.Library.AXE.place());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
