package io.imagegate.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The pages without a mouse. */
@Tag("full")
class KeyboardIT {

    @RegisterExtension
    static final Pages PAGES = new Pages(State::pages);

    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = PAGES.browser();
    }

    @Test
    @DisplayName("the playground by keyboard: to the content, an example, a mistake and its place, mended, copied")
    void playgroundByKeyboard() {
        State.PLAYGROUND.enter(browser, "en");
        browser.press(Keys.TAB, Keys.ENTER);
        browser.tabTo("examples");
        browser.press(Keys.ENTER);
        browser.see("example");
        awaitFocus("examples-search");
        browser.press("latest");
        browser.tabTo("example");
        browser.press(Keys.ENTER);
        awaitFocus("policy");

        Editor policy = new Editor(browser, "policy");
        browser.chord(Keys.CONTROL, Keys.HOME);
        browser.press("x");
        policy.part("cm-lintRange-error");
        browser.tabTo("problem-place");
        browser.press(Keys.ENTER);
        awaitFocus("policy");
        browser.chord(Keys.CONTROL, "z");
        browser.awaitTrue("not undone", () -> browser.all("problem").isEmpty());

        browser.tabTo("kind");
        browser.press("Dockerfile");
        browser.tabTo("sample");
        browser.press(Keys.SPACE);
        browser.seeText("decision", "maven");
        browser.tabTo("namespace");
        browser.press("keyboard");
        browser.seeText("verdict", "keyboard");
        browser.chord(Keys.SHIFT, Keys.TAB);
        browser.tabTo("at");
        browser.open("/playground");
        browser.tabTo("copy-link");
        browser.press(Keys.SPACE);
        browser.awaitTrue("not copied", () -> browser.clipboard().contains("#1."));
        browser.tabTo("theme");
    }

    @Test
    @DisplayName(
            "the console by keyboard: along the decisions, into one and back, to the filters, a pause, the other views")
    void consoleByKeyboard() {
        State.CONSOLE.enter(browser, "en");
        browser.tabTo("decision-row");
        String first = focusedId();
        browser.press(Keys.ARROW_DOWN);
        browser.awaitTrue("the next row has no focus", () -> !focusedId().equals(first));
        assertThat(browser.focused()).isEqualTo("decision-row");
        String second = focusedId();
        browser.press(Keys.ENTER);
        browser.see("decision");
        browser.tabTo("close");
        browser.press(Keys.ENTER);
        browser.awaitTrue("not closed", () -> browser.all("opened").isEmpty());
        browser.awaitTrue("the row has no focus", () -> focusedId().equals(second));

        browser.open("/#decisions");
        browser.reload();
        browser.see("decision-row");
        browser.tabTo("filter-namespace");
        browser.press("dev");
        browser.awaitTrue(
                "not filtered",
                () -> browser.all("decision-row").stream()
                        .allMatch(row -> row.getText().contains("dev")));
        browser.tabTo("pause");
        browser.press(Keys.SPACE);
        browser.see(By.cssSelector("[data-test=stream-status][data-status=paused]"));
        browser.open("/");
        browser.see("decision-row");
        browser.tabTo("tab-policies");
        browser.press(Keys.ENTER);
        browser.see("policy");
    }

    private static void awaitFocus(String name) {
        browser.awaitTrue("no focus: " + name, () -> browser.focused().equals(name));
    }

    private static String focusedId() {
        return String.valueOf(browser.script("return document.activeElement.dataset.id"));
    }
}
