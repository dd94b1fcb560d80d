package io.imagegate.console.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tests of the pages rely on: faults of a page are seen. */
@Tag("full")
class BrowserIT {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:";

    private static final Set<String> RUN = ConcurrentHashMap.newKeySet();

    /** A test of this class has no second run, which Failsafe gives for tests of {@link Pages}. */
    @RegisterExtension
    static final BeforeEachCallback ONCE = test ->
            assertThat(RUN.add(test.getUniqueId())).as("this is the first run").isTrue();

    private static HttpServer server;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        page(Browser.NOTHING, "", POLICY);
        page("/sound", "<button data-test='press'>press</button>", POLICY);
        page("/inline", "<script>window.ran = true</script>", POLICY);
        page("/handler", "<img src='data:,' alt='' onerror='window.ran = true'>", POLICY);
        page("/style", "<p style='color: red'>red</p>", POLICY);
        page("/outside", "<img src='http://outside.example/x.png' alt='x'>", POLICY);
        page("/unchecked", "<img src='http://outside.example/x.png' alt='x'>", "img-src *");
        page("/unnamed", "<button></button>", POLICY);
        page("/dialog", "<script>alert('boo')</script>", "default-src 'self' 'unsafe-inline'");
        server.start();
        browser = Browser.start().at("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void page(String path, String content, String policy) {
        String page = "<!doctype html><html lang='en'><title>t</title><link rel='icon' href='data:,'><main><h1>t</h1>"
                + content + "</main></html>";
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.getResponseHeaders().set("Content-Security-Policy", policy);
            exchange.sendResponseHeaders(200, 0);
            try (exchange) {
                exchange.getResponseBody().write(page.getBytes(UTF_8));
            }
        });
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
        server.stop(0);
    }

    @Test
    @DisplayName("of a sound page nobody complains, its requests are known, and the browser asks for nothing else")
    void sound() {
        browser.fresh("/sound");
        browser.click("press");
        Complaints complaints = browser.complaints();
        assertThat(complaints.all()).isEmpty();
        assertThat(complaints.requests()).containsExactly("/sound");
        new Axe(browser).check("a sound page");
    }

    @ParameterizedTest
    @CsvSource({
        "/inline, Executing inline script violates",
        "/handler, Executing inline event handler violates",
        "/style, Applying inline style violates",
        "/outside, Loading the image 'http://outside.example/x.png' violates",
        "/unchecked, request to http://outside.example/x.png",
        "/dialog, dialog boo",
    })
    void faults(String path, String complaint) {
        browser.fresh(path);
        browser.awaitTrue(
                "no complaint of " + path,
                () -> browser.complaints().all().stream().anyMatch(text -> text.contains(complaint)));
        assertThat(browser.script("return String(window.ran)")).isEqualTo("undefined");
    }

    @Test
    @DisplayName("a button without a name is no accessible one")
    void unnamed() {
        browser.fresh("/unnamed");
        Axe axe = new Axe(browser);
        assertThatThrownBy(() -> axe.check("unnamed"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("button-name");
    }
}
