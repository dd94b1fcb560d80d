package io.imagegate.console.browser;

import io.imagegate.console.Playground;
import io.imagegate.console.WebPages;
import java.util.Locale;
import java.util.function.Consumer;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** State of a page that somebody can look at, and the way to it. */
@SuppressWarnings("ImmutableEnumChecker") // A way has no fields.
enum State {
    PLAYGROUND("/playground", State::ask),
    PLAYGROUND_ALLOWED("/playground", browser -> {
        ask(browser);
        browser.choose("kind", "list");
        new Editor(browser, "asked").set("ghcr.io/shop/cart:2.4.1@sha256:" + "4b825dc6".repeat(8) + "\n");
        browser.see(By.cssSelector("[data-test=decision][data-outcome=allowed]"));
    }),
    PLAYGROUND_MISTAKE("/playground", browser -> {
        ask(browser);
        Editor policy = new Editor(browser, "policy");
        policy.set(Shop.POLICY.replace("required: true, d", "requird: true, d"));
        policy.part("cm-lintRange-error", "requird");
        policy.pointAt("requird");
        policy.part("cm-tooltip", "requird");
    }),
    PLAYGROUND_COMPLETION("/playground", browser -> {
        ask(browser);
        Editor policy = new Editor(browser, "policy");
        policy.behind("name: pinned");
        browser.press(Keys.ENTER, "d");
        policy.part("cm-tooltip-autocomplete", "description");
    }),
    PLAYGROUND_FACTS("/playground", browser -> {
        ask(browser);
        browser.click(By.cssSelector("[data-test=facts-details] summary"));
        new Editor(browser, "facts").focus();
    }),
    PLAYGROUND_EXAMPLES("/playground", browser -> {
        browser.click("examples");
        browser.see("example");
    }),
    CONSOLE("/", browser -> browser.see("decision-row")),
    CONSOLE_EMPTY("/", browser -> {
        browser.write("filter-image", "nothing");
        browser.see("list-empty");
    }),
    CONSOLE_PAUSED("/", browser -> {
        browser.click("pause");
        browser.see(By.cssSelector("[data-test=stream-status][data-status=paused]"));
    }),
    CONSOLE_OPENED("/", browser -> {
        browser.write("filter-image", "nginx");
        browser.seeText("decision-row", "web-77c9");
        browser.click("decision-row");
        browser.see("decision");
    }),
    CONSOLE_POLICIES("/", browser -> {
        browser.click("tab-policies");
        browser.see("policy");
    }),
    CONSOLE_TRUST("/", browser -> {
        browser.click("tab-trust");
        browser.seeText("view", "CN=");
    });

    private final String path;
    private final Consumer<Browser> way;

    State(String path, Consumer<Browser> way) {
        this.path = path;
        this.way = way;
    }

    /** The server of all states, with some decisions. */
    static WebPages pages() {
        Shop shop = new Shop(Shop.POLICY);
        shop.someReviews();
        return WebPages.builder()
                .replica(shop.replica())
                .playground(new Playground(root -> {}))
                .build();
    }

    void enter(Browser browser, String language) {
        browser.fresh(path, language);
        browser.see(path.equals("/") ? "decision-row" : "decision");
        way.accept(browser);
    }

    /** Its name in names of files. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A question whose answer is the same every day. */
    private static void ask(Browser browser) {
        browser.write("at", Shop.DAY.toString());
        new Editor(browser, "policy").set(Shop.POLICY);
        new Editor(browser, "asked").set(Shop.MANIFEST);
        browser.seeText("decision", "ghcr.io/shop/cart");
        browser.seeText("verdict", "09:30:00");
    }
}
