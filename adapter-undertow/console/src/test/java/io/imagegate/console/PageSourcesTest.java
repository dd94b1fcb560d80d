package io.imagegate.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the sources of the pages never have, whatever the browser would allow. */
class PageSourcesTest {

    private static final Pattern PARSES_TEXT =
            Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment"
                    + "|DOMParser|document\\.write|srcdoc|\\beval\\b|new Function|setTimeout\\(['\"`]|javascript:");
    private static final Pattern STYLES = Pattern.compile("\\bstyle: ['\"`]|setAttribute\\('style'");
    private static final Pattern ADDRESS = Pattern.compile("(https?:|['\"`(])//[a-z0-9]+(\\.[a-z0-9]+)+");
    private static final String SVG = "http://www.w3.org/2000/svg";

    @Test
    @DisplayName("no script parses a text as HTML or as a program, or sets styles by a text")
    void noParsing() {
        assertThat("e.innerHTML = x").containsPattern(PARSES_TEXT);
        assertThat("e.textContent = x; evaluate(x)").doesNotContainPattern(PARSES_TEXT);
        assertThat("h('p', {style: 'color: red'})").containsPattern(STYLES);
        PageSources.scripts()
                .forEach((path, script) -> assertThat(script)
                        .as(path)
                        .doesNotContainPattern(PARSES_TEXT)
                        .doesNotContainPattern(STYLES));
    }

    @Test
    @DisplayName("a page has no script, style or listener in itself, and names only assets")
    void pagesNameAssets() {
        Map<String, String> pages = PageSources.ending(".html");
        assertThat(pages).containsOnlyKeys("console.html", "playground.html");
        pages.forEach((path, page) -> {
            assertThat(page).as(path).doesNotContainPattern("\\son[a-z]+=|\\sstyle=|<style|<script[^>]*>[^<]");
            assertThat(Pattern.compile("\\s(?:src|href)=\"([^\"]*)\"")
                            .matcher(page)
                            .results())
                    .as(path)
                    .hasSize(4)
                    .allMatch(match -> match.group(1).startsWith("assets/"));
        });
    }

    @Test
    @DisplayName("nothing is loaded from elsewhere")
    void nothingFromElsewhere() {
        assertThat("fetch('https://a.example/x')").containsPattern(ADDRESS);
        assertThat("@import \"//a.example/x.css\";").containsPattern(ADDRESS);
        assertThat("fetch('api/judge') // not elsewhere").doesNotContainPattern(ADDRESS);
        PageSources.scripts()
                .forEach((path, script) ->
                        assertThat(script.replace(SVG, "")).as(path).doesNotContainPattern(ADDRESS));
        PageSources.ending(".css")
                .forEach((path, sheet) -> assertThat(sheet.replace(SVG, ""))
                        .as(path)
                        .doesNotContainPattern(ADDRESS)
                        .doesNotContainPattern("url\\(\"?(?!data:image/svg|\"data:image/svg)"));
        PageSources.ending(".svg")
                .forEach((path, image) ->
                        assertThat(image.replace(SVG, "")).as(path).doesNotContainPattern(ADDRESS));
    }
}
