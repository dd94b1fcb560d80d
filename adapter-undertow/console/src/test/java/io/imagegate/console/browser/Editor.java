package io.imagegate.console.browser;

import java.util.List;
import java.util.Optional;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.SearchContext;
import org.openqa.selenium.WebElement;

/**
 * CodeMirror in the shadow root of an element.
 *
 * @param name the element's {@code data-test}
 */
record Editor(Browser browser, String name) {

    /** Finds the first occurrence of a text in a line, as a range. */
    private static final String RANGE = """
            const [content, text] = arguments;
            const line = [...content.querySelectorAll('.cm-line')].find(line => line.textContent.includes(text));
            if (!line) { throw new Error('not there: ' + text); }
            line.scrollIntoView({block: 'center'});
            const range = document.createRange();
            let from = line.textContent.indexOf(text), to = from + text.length, before = 0;
            const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
            for (let node = texts.nextNode(); node; node = texts.nextNode()) {
              if (from >= before && from <= before + node.length) { range.setStart(node, from - before); }
              if (to >= before && to <= before + node.length) { range.setEnd(node, to - before); break; }
              before += node.length;
            }
            """;

    private static final String PASTE = """
            const data = new DataTransfer();
            data.setData('text/plain', arguments[1]);
            arguments[0].dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
            """;

    private SearchContext root() {
        return browser.see(name).getShadowRoot();
    }

    private WebElement content() {
        return browser.await(
                () -> name + " has no editor",
                () -> root().findElements(By.cssSelector(".cm-content")).stream()
                        .findFirst());
    }

    void focus() {
        content().click();
    }

    /** Replaces all by a text, as if it were pasted. */
    void set(String text) {
        focus();
        browser.chord(Keys.CONTROL, "a");
        browser.script(PASTE, content(), text);
    }

    /** Puts the cursor behind the first occurrence of a text. */
    void behind(String text) {
        focus();
        browser.script(RANGE + "getSelection().collapse(range.endContainer, range.endOffset)", content(), text);
    }

    /** Points with the mouse at the first occurrence of a text. */
    void pointAt(String text) {
        List<?> place = (List<?>) browser.script(
                RANGE + "const box = range.getBoundingClientRect();"
                        + "return [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)]",
                content(),
                text);
        browser.pointAt(((Number) place.get(0)).intValue(), ((Number) place.get(1)).intValue());
    }

    /** The lines that are drawn. */
    String text() {
        return String.join(
                "\n",
                content().findElements(By.cssSelector(".cm-line")).stream()
                        .map(Editor::textOf)
                        .toList());
    }

    /** Waits until the lines that are drawn contain a text. */
    void seeText(String part) {
        browser.await(
                () -> name + " has no '" + part + "' but: " + text(),
                () -> text().contains(part) ? Optional.of(true) : Optional.empty());
    }

    /** What is drawn of a class of CodeMirror's, such as {@code cm-lintRange-error}. */
    List<WebElement> parts(String type) {
        return root().findElements(By.cssSelector("." + type));
    }

    WebElement part(String type) {
        return part(type, "");
    }

    /** Waits until a part has a text. */
    WebElement part(String type, String text) {
        return browser.await(
                () -> name + " shows no ." + type + " with '" + text + "'",
                () -> browser.visible(parts(type)).stream()
                        .filter(part -> textOf(part).contains(text))
                        .findFirst());
    }

    private static String textOf(WebElement element) {
        return Optional.ofNullable(element.getDomProperty("textContent")).orElse("");
    }
}
