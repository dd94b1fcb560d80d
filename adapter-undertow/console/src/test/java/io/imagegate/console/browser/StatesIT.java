package io.imagegate.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each state in light and dark colours, in both languages and on a phone: axe-core finds nothing, and nothing is wider than the window.
 * {@code target/browser/pictures} then has a picture of each.
 */
@Tag("full")
class StatesIT {

    private static final int NARROW = 320;

    @RegisterExtension
    static final Pages PAGES = new Pages(State::pages);

    @ParameterizedTest
    @EnumSource
    @DisplayName("can be used by everybody")
    void everybody(State state) throws IOException {
        Browser browser = PAGES.browser();
        Axe axe = new Axe(browser);
        state.enter(browser, "en");
        axe.check("light");
        take(browser, state, "light");
        browser.prefer(Browser.Scheme.DARK);
        take(browser, state, "dark");
        browser.prefer(Browser.Scheme.LIGHT);
        narrow(browser);
        take(browser, state, "phone");

        // Contrast is nearly all that axe-core works on; no colour depends on the language, so one language has each
        // scheme.
        state.enter(browser, "zh-CN");
        browser.prefer(Browser.Scheme.DARK);
        axe.check("Chinese, dark");
        browser.prefer(Browser.Scheme.LIGHT);
        take(browser, state, "chinese");
        narrow(browser);
        take(browser, state, "chinese-phone");
    }

    private static void narrow(Browser browser) {
        browser.screen(NARROW, 700);
        assertThat((Long) browser.script("return document.scrollingElement.scrollWidth"))
                .isLessThanOrEqualTo(NARROW);
    }

    private static void take(Browser browser, State state, String variant) throws IOException {
        Path folder = Files.createDirectories(Pages.PICTURES.resolve("pictures"));
        Files.write(folder.resolve(state.label() + "-" + variant + ".png"), browser.picture());
    }
}
