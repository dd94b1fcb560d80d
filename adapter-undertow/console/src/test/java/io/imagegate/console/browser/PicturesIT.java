package io.imagegate.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The pictures of PICTURES.md. Letters look different on each machine, so beside each picture stands the text that it shows, and that is
 * compared with the text of the page. {@code -Dimagegate.pictures=accept} writes both.
 */
@Tag("full")
class PicturesIT {

    private static final Path FOLDER = Path.of("pictures");
    private static final int LARGEST = 150_000;

    /** How long a decision took. */
    private static final String TOOK = "\\d+(\\.\\d)? (µs|ms|s)\\b";

    @RegisterExtension
    static final Pages PAGES = new Pages(State::pages);

    @ParameterizedTest
    @CsvSource({
        "playground, PLAYGROUND, en, LIGHT, 1280, 960",
        "mistake, PLAYGROUND_MISTAKE, en, LIGHT, 1280, 960",
        "console, CONSOLE, en, LIGHT, 1280, 800",
        "decision, CONSOLE_OPENED, en, DARK, 1280, 960",
        "phone, PLAYGROUND, zh-CN, LIGHT, 390, 844",
    })
    @DisplayName("show what the pages show")
    void pictures(String name, State state, String language, Browser.Scheme scheme, int width, int height)
            throws IOException {
        Browser browser = PAGES.browser();
        state.enter(browser, language);
        browser.prefer(scheme);
        browser.screen(width, height);
        if (width < 500) {
            browser.script("document.querySelector('[data-test=result]').scrollIntoView()");
        }
        Path picture = FOLDER.resolve(name + ".png");
        Path text = FOLDER.resolve(name + ".txt");
        String shown = browser.text().replaceAll(TOOK, "1 ms") + "\n";
        if (System.getProperty("imagegate.pictures", "").equals("accept")) {
            Files.createDirectories(FOLDER);
            Files.write(picture, Palette.png(browser.picture()));
            Files.writeString(text, shown);
        }
        assertThat(text)
                .as("what %s shows (bash .ci/do accept-pictures takes the pictures again)", picture)
                .content()
                .isEqualTo(shown);
        assertThat(Files.size(picture)).isBetween(1_000L, (long) LARGEST);
    }
}
