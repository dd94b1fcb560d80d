package io.imagegate.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a first visit costs: its bytes and requests, which have limits, and its times, which are only printed. */
@Tag("full")
@Isolated("It measures.")
class FirstLoadIT {

    private static final int MOST_BYTES = 300_000;

    /** Notes when the first decision can be seen. */
    private static final String WATCH = """
            new MutationObserver((changes, observer) => {
              if (document.querySelector('[data-test=decision], [data-test=decision-row]')) {
                window.seenAt = performance.now();
                observer.disconnect();
              }
            }).observe(document, {childList: true, subtree: true});
            """;

    private static final String SUMS = """
            const files = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
            const sum = name => files.reduce((sum, file) => sum + file[name], 0);
            const [page] = performance.getEntriesByType('navigation');
            const [paint] = performance.getEntriesByName('first-contentful-paint');
            return [files.length, sum('transferSize'), sum('decodedBodySize'), Math.round(page.domInteractive),
                Math.round(paint?.startTime ?? -1), Math.round(window.seenAt)];
            """;

    @RegisterExtension
    static final Pages PAGES = new Pages(State::pages);

    @ParameterizedTest
    @CsvSource({"/playground, decision", "/, decision-row"})
    @DisplayName("a first visit is less than 300 kB")
    void firstVisit(String path, String first) {
        Browser browser = PAGES.browser();
        browser.fresh("about:blank");
        browser.cdp("Network.clearBrowserCache", Map.of());
        Map<String, Object> watch = browser.cdp("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
        browser.open(path);
        browser.see(first);
        List<Long> sums =
                ((List<?>) browser.script(SUMS)).stream().map(Long.class::cast).toList();
        browser.cdp("Page.removeScriptToEvaluateOnNewDocument", watch);
        System.out.printf(
                "First load of %s: %d requests, %,d bytes (%,d inflated); interactive after %d ms, painted after %d ms,"
                        + " first decision after %d ms%n",
                path, sums.get(0), sums.get(1), sums.get(2), sums.get(3), sums.get(4), sums.get(5));
        assertThat(sums.get(1)).isBetween(1_000L, (long) MOST_BYTES);
    }
}
