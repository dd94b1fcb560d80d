package io.imagegate.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.console.WebPages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server of pages and a browser, for a class of tests. A test also fails if the browser complained of something that the test did
 * not {@linkplain #expect expect}. {@code target/browser} has a picture of each test that failed. Failsafe runs what failed once
 * more; that helps only those whose browser was {@linkplain Browser#isLost lost}.
 */
final class Pages implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    static final Path PICTURES = Path.of("target/browser");

    /** The tests that failed of themselves. */
    private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

    private final Supplier<WebPages> pages;
    private @Nullable PagesServer server;
    private @Nullable Browser browser;
    private @Nullable String expected;

    Pages(Supplier<WebPages> pages) {
        this.pages = pages;
    }

    @Override
    public void beforeAll(ExtensionContext tests) throws IOException {
        server = new PagesServer(pages.get());
        browser = Browsers.of(tests).take().at(server.origin());
    }

    PagesServer server() {
        return present(server);
    }

    Browser browser() {
        return present(browser);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not started");
        }
        return value;
    }

    /** Lets the browser complain of what matches an expression, in this test. */
    void expect(String complaint) {
        expected = complaint;
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        assertThat(FAILED).as("tests that failed before").doesNotContain(test.getUniqueId());
    }

    @Override
    public void afterEach(ExtensionContext test) throws IOException {
        if (browser().isLost()) {
            throw new IOException("chromedriver ended");
        }
        FAILED.add(test.getUniqueId());
        if (test.getExecutionException().isPresent()) {
            keepPicture(test);
        }
        List<String> complaints = browser().complaints().all();
        String allowed = expected;
        expected = null;
        assertThat(complaints)
                .as("what the browser complained of")
                .filteredOn(complaint -> allowed == null || !complaint.matches("(?s).*(" + allowed + ").*"))
                .isEmpty();
        if (test.getExecutionException().isEmpty()) {
            FAILED.remove(test.getUniqueId());
        }
    }

    private void keepPicture(ExtensionContext test) throws IOException {
        Files.createDirectories(PICTURES);
        String name = test.getRequiredTestClass().getSimpleName() + "-"
                + test.getRequiredTestMethod().getName() + ".png";
        Files.write(PICTURES.resolve(name), browser().picture());
    }

    @Override
    public void afterAll(ExtensionContext tests) throws IOException {
        try {
            if (browser != null) {
                Browsers.of(tests).giveBack(browser);
            }
        } finally {
            if (server != null) {
                server.close();
            }
        }
    }
}
