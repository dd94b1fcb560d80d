package io.imagegate.console.browser;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * The browsers of this JVM, as many as classes of tests run at a time. Starting one costs seconds of a processor, so classes use one after
 * the other; they end after all tests.
 */
final class Browsers implements AutoCloseable {

    private final Queue<Browser> idle = new ConcurrentLinkedQueue<>();

    private Browsers() {}

    static Browsers of(ExtensionContext tests) {
        return tests.getRoot()
                .getStore(Namespace.GLOBAL)
                .getOrComputeIfAbsent(Browsers.class, key -> new Browsers(), Browsers.class);
    }

    /** A browser that nobody else uses. */
    Browser take() throws IOException {
        Browser one = idle.poll();
        return one == null ? Browser.start() : one;
    }

    /** Ends a browser that is lost, and keeps any other. */
    void giveBack(Browser browser) throws IOException {
        if (browser.isLost()) {
            browser.close();
        } else {
            idle.add(browser);
        }
    }

    @Override
    public void close() throws IOException {
        for (Browser browser = idle.poll(); browser != null; browser = idle.poll()) {
            browser.close();
        }
    }
}
