package io.imagegate.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.console.WebPages;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What people do with the console. */
@Tag("full")
class ConsoleIT {

    private static final Shop SHOP = new Shop(Shop.POLICY);

    @RegisterExtension
    static final Pages PAGES =
            new Pages(() -> WebPages.builder().replica(SHOP.replica()).build());

    private Browser browser;

    @BeforeEach
    void open() {
        browser = PAGES.browser();
        SHOP.someReviews();
        browser.fresh("/");
        seeStatus("live");
        browser.see("decision-row");
    }

    private void seeStatus(String status) {
        browser.see(By.cssSelector("[data-test=stream-status][data-status=" + status + "]"));
    }

    /** How many decisions the list has, of which it draws those in view. */
    private int kept() {
        return Integer.parseInt(String.valueOf(browser.see("decisions").getDomAttribute("aria-rowcount"))) - 1;
    }

    private String firstId() {
        return String.valueOf(browser.see("decision-row").getDomAttribute("data-id"));
    }

    @Test
    @DisplayName("it says which replica it is of, that it is one, and what it enforces")
    void overview() {
        assertThat(browser.see("readiness").getDomAttribute("data-ready")).isEqualTo("true");
        browser.seeText("replica-name", "imagegate-7d9f8c-x2x4z");
        browser.seeText("version", "0.1.0");
        browser.seeText("one-replica", "one replica");
        assertThat(browser.see("dashboard").getDomProperty("href")).isEqualTo("https://grafana.example/d/imagegate");

        browser.click("tab-policies");
        browser.seeText("policy", "production");
        assertThat(browser.all("policy-rule"))
                .hasSize(4)
                .first()
                .satisfies(rule -> assertThat(rule.getText())
                        .contains("fixed-tag", "A tag that moves cannot be rolled back.", "required: true"));
        browser.seeText("exceptions", "metrics move to ghcr.io until then");

        browser.click("tab-trust");
        browser.seeText("certificates", "CN=imagegate-7d9f8c-x2x4z");
        browser.seeText("registries", "quay.io");
        browser.see(By.cssSelector("[data-test=host-state][data-state=down]"));
        browser.seeText("roots", "2026");
    }

    @Test
    @DisplayName("a new decision appears by itself, and opens with what was decided and why")
    void opened() {
        SHOP.review("shop", "brand-new", "ada@shop.example", "nginx", "ghcr.io/shop/cart:2");
        browser.seeText("decision-row", "brand-new");
        browser.click("decision-row");
        WebElement dialog = browser.see("opened");
        browser.seeText("opened", "fixed-tag");
        assertThat(dialog.getText()).contains("ada@shop.example", "brand-new", "Error from server (Forbidden)");
        assertThat(browser.all("image")).hasSize(2);
        assertThat(browser.url()).contains("#decisions/");

        browser.reload();
        browser.seeText("opened", "brand-new");
        browser.press(Keys.ESCAPE);
        browser.awaitTrue("not closed", () -> browser.all("opened").isEmpty());
        browser.awaitTrue("still in the address", () -> !browser.url().contains("#decisions/"));
    }

    @Test
    @DisplayName("a decision that is no longer kept is told so")
    void gone() {
        PAGES.expect("404");
        browser.open("/#decisions/00000000-1");
        browser.reload();
        browser.seeText("opened-error", "no longer keeps");
    }

    @Test
    @DisplayName(
            "under 1,000 decisions a second the list has the last 1,000, draws those in view, and can be filtered and read")
    void load() throws Exception {
        try (AutoCloseable load = SHOP.perSecond(1000)) {
            assertThat(load).isNotNull();
            browser.awaitTrue("fewer than 1,000", () -> kept() == 1000);
            int before = SHOP.sent();
            browser.awaitTrue("no load", () -> SHOP.sent() > before + 1000);
            assertThat(kept()).isEqualTo(1000);
            browser.awaitTrue(
                    "many rows are drawn", () -> browser.all("decision-row").size() < 60);

            browser.write("filter-namespace", "ns-3");
            browser.awaitTrue("not filtered", () -> kept() < 300);
            // A row that is drawn anew meanwhile is looked at again.
            browser.awaitTrue(
                    "others than ns-3",
                    () -> browser.all("decision-row").stream()
                            .allMatch(row -> row.getText().contains("ns-3")));
            browser.click(By.cssSelector("label[for=outcome-denied]"));
            browser.awaitTrue(
                    "others than denied",
                    () -> browser.all("decision-row").stream()
                            .allMatch(row -> "denied".equals(row.getDomAttribute("data-outcome"))));

            browser.click("pause");
            seeStatus("paused");
            String first = firstId();
            int then = SHOP.sent();
            browser.awaitTrue("no load", () -> SHOP.sent() > then + 1000);
            assertThat(firstId()).isEqualTo(first);

            browser.click("pause");
            seeStatus("live");
            browser.awaitTrue("still the same", () -> !firstId().equals(first));
            browser.click("decision-row");
            browser.seeText("opened", "ns-3");
            browser.press(Keys.ESCAPE);
        }
        browser.click("filter-clear");
        browser.awaitTrue("still filtered", () -> kept() == 1000);
    }

    @Test
    @DisplayName("filters are kept in the address, and what none matches is said")
    void filters() {
        browser.write("filter-image", "QUAY.IO");
        browser.awaitTrue(
                "not filtered",
                () -> browser.all("decision-row").stream()
                        .allMatch(row -> row.getText().contains("quay.io")));
        browser.reload();
        seeStatus("live");
        assertThat(browser.see("filter-image").getDomProperty("value")).isEqualTo("QUAY.IO");
        browser.write("filter-rule", "fixed-tag");
        browser.see("list-empty");
        browser.click("filter-clear");
        browser.see("decision-row");
        assertThat(browser.all("list-empty")).isEmpty();
    }

    @Test
    @DisplayName("the seventeenth stream is told that there are sixteen, and gets a place when one is free")
    void seventeenth() throws IOException, InterruptedException {
        browser.open("/#policies");
        browser.reload();
        browser.see("policy");
        List<InputStream> others = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            others.add(stream());
        }
        browser.click("tab-decisions");
        seeStatus("full");
        browser.seeText("stream-status", "16");
        browser.click("ask-again");
        seeStatus("full");
        for (InputStream other : others) {
            other.close();
        }
        browser.awaitTrue("no place", () -> {
            SHOP.someReviews();
            browser.all("ask-again").forEach(WebElement::click);
            return "live".equals(browser.see("stream-status").getDomAttribute("data-status"));
        });
    }

    private static InputStream stream() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(PAGES.server().origin() + "/api/decisions"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofInputStream())
                .body();
    }

    @Test
    @DisplayName("a lost connection is told, and comes back by itself with what was decided meanwhile")
    void lost() throws IOException {
        PAGES.expect("ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET");
        PAGES.server().stop();
        browser.see("connection-lost");
        seeStatus("lost");
        SHOP.review("shop", "meanwhile", "ada@shop.example", "nginx");
        PAGES.server().startAgain();
        seeStatus("live");
        browser.seeText("decision-row", "meanwhile");
        browser.awaitTrue("still lost", () -> browser.all("connection-lost").isEmpty());
    }

    @Test
    @DisplayName("another language changes all of it, and the decisions stay")
    void language() {
        browser.click("language");
        browser.awaitTrue(
                "not Chinese",
                () -> browser.text().contains("决定") || browser.text().contains("决策"));
        browser.see("decision-row");
        browser.awaitTrue(
                "not in Chinese",
                () -> browser.script("return document.documentElement.lang").equals("zh-CN"));
    }
}
