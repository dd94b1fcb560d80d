package io.imagegate.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the pages, at the hands of browsers and of hostile clients. */
class WebPagesTest {

    private static final String OPTION = "--console-name";

    private static WebPagesBuilder builder() {
        return WebPages.builder().files(new WebFiles("testweb/"));
    }

    private static WebPages pages() {
        return builder()
                .hosts(List.of("console.example", "kelvin.example", "10.1.2.3", "fd00::1"), OPTION)
                .replica(Replica.builder("web-1", "0.1.0").build())
                .judge(question -> question)
                .build();
    }

    private static Browser browser() {
        return new Browser(pages());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8480",
                "LocalHost:1",
                "localhost.",
                "localhost.:8480",
                "127.0.0.1",
                "127.0.0.1:65535",
                "[::1]",
                "[::1]:8480",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]:80",
                "console.example",
                "CONSOLE.example.:443",
                "10.1.2.3:8480",
                "[fd00::1]",
                "[FD00:0::1]:8480"
            })
    @DisplayName("answer by the names of the loopback interface and those that are set, in each spelling")
    void knownHosts(String host) {
        assertThat(browser().with("Host", host).get("/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8480",
                "localhost.evil.example",
                "evillocalhost",
                "localhost..",
                ".localhost",
                "localhost,evil.example",
                "localhost, localhost",
                "localhost evil.example",
                "localhost:8480:8480",
                "localhost:",
                "localhost:http",
                "localhost:123456",
                "localhost:-1",
                "user@localhost",
                "localhost@evil.example",
                "http://localhost",
                "localhost/",
                "localhost#x",
                "localhost?x",
                "localhost%2e",
                "localhost%00.evil.example",
                "loca\u0131host",
                "\u212Aelvin.example",
                "127.0.0.2",
                "127.1",
                "2130706433",
                "0x7f.0.0.1",
                "0.0.0.0",
                "10.1.2.4",
                "::1",
                "[::1",
                "[::1]x",
                "[::1].",
                "[::1%25lo]",
                "[::2]",
                "[]",
                "*",
                "*.example",
                "x.console.example",
                "xn--localhost",
                "null",
                " "
            })
    @DisplayName("refuse every other name, on every path, and say which option adds one")
    void strangers(String host) {
        for (String path : List.of("/", "/assets/data.json", "/api/state", "/api/decisions", "/nothing")) {
            PageAnswer answer = browser().with("Host", host).get(path);
            assertThat(answer.status()).as(path).isEqualTo(421);
            assertThat(Browser.text(answer).strip()).contains(OPTION).isPrintable();
        }
        PageAnswer judged = browser().with("Host", host).judge("{}");
        assertThat(judged.status()).isEqualTo(421);
    }

    @Test
    @DisplayName("refuse a request without a name")
    void noHost() {
        PageAnswer answer = browser().with("Host", "").get("/");
        assertThat(answer.status()).isEqualTo(421);
        assertThat(Browser.text(answer))
                .isEqualTo("no host name: expected localhost, 127.0.0.1 or [::1], or a name that is set with"
                        + " --console-name\n");
    }

    @Test
    @DisplayName("name no option where there is none")
    void noOption() {
        Browser browser = new Browser(builder().judge(question -> question).build());
        assertThat(Browser.text(browser.with("Host", "evil.example").get("/playground")))
                .isEqualTo("host \"evil.example\": expected localhost, 127.0.0.1 or [::1]\n");
    }

    @Test
    @DisplayName("cut and escape the name that they refuse")
    void hostileName() {
        String text = Browser.text(browser()
                .with("Host", "<script>\u001b[2J\u202e" + "x".repeat(5_000))
                .get("/"));
        assertThat(text).hasSizeLessThan(400).contains("\\u001b", "\\u202e").doesNotContain("\u001b", "\u202e");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "console.example:80", "https://console.example", "*.example", "a b", "[::1", "a..b", "é"})
    @DisplayName("refuse a name that is set and is none")
    void configuredNames(String name) {
        assertThatThrownBy(() -> builder().hosts(List.of(name), OPTION).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(OPTION + " \"")
                .hasMessageEndingWith(
                        ": expected a host name or an IP address without a port, such as console.example");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 200",
        "HEAD, /, 200",
        "GET, /playground, 200",
        "GET, /assets/data.json, 200",
        "GET, /api/state, 200",
        "HEAD, /api/decisions, 200",
        "GET, /nothing, 404",
        "POST, /nothing, 404",
        "GET, '', 404",
        "GET, //, 404",
        "GET, /., 404",
        "GET, /index.html, 404",
        "GET, /console.html, 404",
        "GET, /playground/, 404",
        "GET, /PLAYGROUND, 404",
        "GET, /%70layground, 404",
        "GET, /assets/, 404",
        "GET, /assets/../console.html, 404",
        "GET, /assets/./data.json, 404",
        "GET, /assets//data.json, 404",
        "GET, /assets/%2e%2e/console.html, 404",
        "GET, /assets/..%2fconsole.html, 404",
        "GET, '/assets/..\\console.html', 404",
        "GET, /assets/data.json/, 404",
        "GET, /assets/data.json%00, 404",
        "GET, /assets/app-ABCD2345.js.gz, 404",
        "GET, /assets/WebPages.class, 404",
        "GET, /assets/index.txt, 404",
        "GET, http://localhost/, 404",
        "GET, http://evil.example/, 404",
        "GET, '*', 404",
        "GET, /api/, 404",
        "GET, /api/decisions/, 404",
        "GET, /api/decisions/x, 404",
        "GET, /api/decisions/../state, 404",
        "POST, /, 405",
        "PUT, /playground, 405",
        "DELETE, /assets/data.json, 405",
        "OPTIONS, /api/judge, 405",
        "GET, /api/inputs, 200",
        "POST, /api/inputs, 405",
        "GET, /api/judge, 405",
        "HEAD, /api/judge, 405",
        "POST, /api/state, 405",
        "TRACE, /, 405",
        "CONNECT, /, 405",
        "get, /, 405",
    })
    @DisplayName("answer at their own paths, as these are written, to their own methods")
    void paths(String method, String path, int status) {
        assertThat(browser().send(method, path).status()).isEqualTo(status);
    }

    @Test
    @DisplayName("say which methods a path takes")
    void allow() {
        assertThat(browser().send("DELETE", "/").headers()).containsEntry("Allow", "GET, HEAD");
        assertThat(browser().get("/api/judge").headers()).containsEntry("Allow", "POST");
        assertThat(browser().get("/").headers()).doesNotContainKey("Allow");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, http://localhost:8480, same-origin, 200",
        "application/json, https://localhost:8480, '', 200",
        "application/json, HTTP://LOCALHOST:8480, same-origin, 200",
        "application/JSON; charset=utf-8, http://localhost:8480, same-origin, 200",
        "'application/json;', http://localhost:8480, none, 200",
        "'', http://localhost:8480, same-origin, 415",
        "text/plain, http://localhost:8480, same-origin, 415",
        "application/x-www-form-urlencoded, http://localhost:8480, same-origin, 415",
        "multipart/form-data, http://localhost:8480, same-origin, 415",
        "'text/plain; application/json', http://localhost:8480, same-origin, 415",
        "'application/jsonp', http://localhost:8480, same-origin, 415",
        "'application/json\t ;', http://localhost:8480, none, 200",
        "'\fapplication/json', http://localhost:8480, same-origin, 415",
        "'\tapplication/json', http://localhost:8480, same-origin, 415",
        "'application/json\f', http://localhost:8480, same-origin, 415",
        "'text/plain, application/json', http://localhost:8480, same-origin, 415",
        "application/json, NONE, same-origin, 403",
        "application/json, NONE, NONE, 403",
        "application/json, null, same-origin, 403",
        "application/json, http://localhost, same-origin, 403",
        "application/json, http://localhost:8481, same-site, 403",
        "application/json, http://127.0.0.1:8480, cross-site, 403",
        "application/json, http://evil.example, cross-site, 403",
        "application/json, http://localhost:8480.evil.example, NONE, 403",
        "application/json, 'http://localhost:8480, http://evil.example', NONE, 403",
        "application/json, ftp://localhost:8480, NONE, 403",
        "application/json, localhost:8480, NONE, 403",
        "application/json, http://localhost:8480/, NONE, 403",
        "application/json, http://localhost:8480, cross-site, 403",
        "application/json, http://localhost:8480, same-site, 403",
        "application/json, http://localhost:8480, nonsense, 403",
    })
    @DisplayName("judge what a page of the same origin posts as JSON, and nothing else")
    void posts(String type, String origin, String site, int status) {
        Browser browser = browser().with("Content-Type", type).with("Sec-Fetch-Site", site.equals("NONE") ? "" : site);
        if (!origin.equals("NONE")) {
            browser.with("Origin", origin);
        }
        PageAnswer answer = browser.send("POST", "/api/judge", "{}".getBytes(UTF_8));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(browser.limit("POST", "/api/judge")).isEqualTo(status == 200 ? 8 << 20 : 0);
        assertThat(Browser.text(answer)).isEqualTo(status == 200 ? "{}" : Browser.text(answer));
        assertThat(answer.headers()).containsEntry("Content-Type", "application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/state", "/api/decisions", "/api/decisions/x"})
    @DisplayName("tell no other origin what the replica knows, and give it no stream")
    void foreignReads(String path) {
        assertThat(browser().with("Origin", "http://evil.example").get(path).status())
                .isIn(403, 404);
        assertThat(browser().with("Sec-Fetch-Site", "cross-site").get(path).status())
                .isIn(403, 404);
        PageAnswer refused = browser().with("Sec-Fetch-Site", "cross-site").get("/api/decisions");
        assertThat(refused.events()).isEmpty();
        // A link elsewhere may lead to the page.
        assertThat(browser().with("Sec-Fetch-Site", "cross-site").get("/").status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("take no body that is too long, or announced as such")
    void lengths() {
        int limit = 8 << 20;
        assertThat(browser().judge("x".repeat(limit)).status()).isEqualTo(200);
        assertThat(browser().judge("x".repeat(limit + 1)).status()).isEqualTo(413);
        assertThat(browser().with("Content-Length", limit + "").judge("x").status())
                .isEqualTo(200);
        Browser announcing = browser().with("Content-Length", limit + 1 + "");
        assertThat(announcing.judge("x").status()).isEqualTo(413);
        assertThat(announcing.limit("POST", "/api/judge")).isZero();
        for (String odd : List.of("-1", "x", "1,1", "9".repeat(40), "")) {
            assertThat(browser().with("Content-Length", odd).judge("x").status())
                    .as(odd)
                    .isEqualTo(200);
        }
        for (String path : List.of("/", "/api/state", "/nothing", "/assets/data.json")) {
            assertThat(browser().limit("GET", path)).isZero();
            assertThat(browser().limit("POST", path)).isZero();
        }
    }

    @Test
    @DisplayName("say what is wrong with a question, and that a page failed, without more")
    void failures() {
        Browser asking = new Browser(builder()
                .judge(question -> {
                    throw new IllegalArgumentException("no policy, expected a text");
                })
                .build());
        PageAnswer refused = asking.judge("{}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(Browser.text(refused)).isEqualTo("{\"error\":\"no policy, expected a text\"}");
        requireFailure(question -> {
            throw new IllegalStateException("secret");
        });
        requireFailure(question -> {
            throw new StackOverflowError("secret");
        });
    }

    private static void requireFailure(UnaryOperator<byte[]> judge) {
        PageAnswer failed = new Browser(builder().judge(judge).build()).judge("{}");
        assertThat(failed.status()).isEqualTo(500);
        assertThat(Browser.text(failed)).contains("\"error\"").doesNotContain("secret");
    }

    @Test
    @DisplayName("have the headers of all answers on each, and none that opens them to others")
    void headers() {
        List<PageAnswer> answers = List.of(
                browser().get("/"),
                browser().get("/assets/app-ABCD2345.js"),
                browser().get("/api/state"),
                browser().send("HEAD", "/api/decisions"),
                browser().get("/api/decisions"),
                browser().get("/nothing"),
                browser().send("POST", "/"),
                browser().judge("{}"),
                browser().with("Host", "evil.example").get("/"),
                new Browser(builder().judge(question -> question).build()).get("/"));
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.headers())
                    .containsEntry("X-Content-Type-Options", "nosniff")
                    .containsEntry("Referrer-Policy", "no-referrer")
                    .containsEntry("Cross-Origin-Opener-Policy", "same-origin")
                    .containsEntry("Cross-Origin-Resource-Policy", "same-origin")
                    .containsKey("Permissions-Policy")
                    .containsKey("Cache-Control")
                    .doesNotContainKeys("Set-Cookie", "Access-Control-Allow-Origin", "Server");
            assertThat(answer.headers().get("Content-Security-Policy"))
                    .startsWith("default-src 'none'; ")
                    .contains("frame-ancestors 'none'", "form-action 'none'", "base-uri 'none'")
                    .doesNotContain("unsafe", "*", "http:");
            assertThat(answer.headers().values()).noneMatch(value -> value.contains("\n") || value.contains("\r"));
        });
    }

    @Test
    @DisplayName("are kept by no browser, but for assets whose name has a hash")
    void caching() {
        for (String path : List.of("/", "/playground", "/api/state", "/nothing")) {
            assertThat(browser().get(path).headers()).as(path).containsEntry("Cache-Control", "no-store");
        }
        assertThat(browser().get("/assets/app-ABCD2345.js").headers())
                .containsEntry("Cache-Control", "public, max-age=31536000, immutable")
                .containsEntry("Content-Type", "text/javascript; charset=utf-8");
        PageAnswer data = browser().get("/assets/data.json");
        assertThat(data.headers()).containsEntry("Cache-Control", "no-cache");
        String tag = data.headers().getOrDefault("ETag", "");
        PageAnswer again =
                browser().with("If-None-Match", "\"other\", W/" + tag).get("/assets/data.json");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(browser()
                        .with("If-None-Match", "\"other\"")
                        .get("/assets/data.json")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, true",
        "'gzip, deflate, br', true",
        "'br;q=1.0, GZIP;q=0.5', true",
        "'', false",
        "identity, false",
        "'gzip;q=0', false",
        "'gzip; q=0.000', false",
        "'xgzip', false",
        "'gzip2', false"
    })
    @DisplayName("are sent compressed to who accepts that")
    void compressed(String accepted, boolean gzip) throws IOException {
        PageAnswer answer = browser().with("Accept-Encoding", accepted).get("/assets/app-ABCD2345.js");
        assertThat(answer.headers()).containsEntry("Vary", "Accept-Encoding");
        if (gzip) {
            assertThat(answer.headers()).containsEntry("Content-Encoding", "gzip");
            assertThat(new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes())
                    .isEqualTo("let answer = 42;\n".getBytes(UTF_8));
        } else {
            assertThat(answer.headers()).doesNotContainKey("Content-Encoding");
            assertThat(Browser.text(answer)).isEqualTo("let answer = 42;\n");
        }
    }

    @Test
    @DisplayName("are only those that somebody asked for")
    void parts() {
        Browser playground = new Browser(builder().judge(question -> question).build());
        assertThat(playground.get("/").status()).isEqualTo(302);
        assertThat(playground.get("/").headers()).containsEntry("Location", "playground");
        assertThat(playground.get("/api/state").status()).isEqualTo(404);
        assertThat(playground.get("/api/decisions").status()).isEqualTo(404);
        Browser console = new Browser(
                builder().replica(Replica.builder("web-1", "0.1.0").build()).build());
        assertThat(Browser.text(console.get("/"))).contains("<title>console");
        assertThat(console.get("/playground").status()).isEqualTo(404);
        assertThat(console.judge("{}").status()).isEqualTo(404);
        assertThat(console.limit("POST", "/api/judge")).isZero();
        assertThat(Browser.text(console.get("/api/state"))).contains("\"playground\":false");
        assertThat(Browser.text(browser().get("/api/state"))).contains("\"playground\":true");
        assertThat(Browser.text(browser().get("/playground"))).contains("<title>playground");
    }
}
