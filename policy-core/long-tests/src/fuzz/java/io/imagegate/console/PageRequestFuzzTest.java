package io.imagegate.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.fuzz.WhereJazzerRuns;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a browser sends to the console, it gets an answer with the headers of all pages, and only pages of this server have something
 * judged: the host is a name of the loopback interface, the origin is that host, and the body is announced as JSON.
 */
@WhereJazzerRuns
class PageRequestFuzzTest {

    private static final byte[] JUDGED = {'{', '}'};

    /** Made when the first input is tried, or classes of pages would be loaded before the fuzzer changes them. */
    private static final class Pages {

        static final WebPages PAGES = new WebPagesBuilder()
                .replica(Replica.builder("web-1", "0.1.0").build())
                .judge(question -> JUDGED)
                .build();
    }

    private static final Pattern LOOPBACK = Pattern.compile(
            "(localhost\\.?|127\\.0\\.0\\.1\\.?|\\[[0:]*:0*1]|\\[[0:]*ffff:(127\\.0\\.0\\.1|7f00:0*1)])(:[0-9]{1,5})?");

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "POST\n/api/judge\nhost=localhost:8480\norigin=http://localhost:8480\ncontent-type=application/json",
                        "POST\n/api/judge\nhost=[0:0::1]\norigin=https://[0:0::1]\ncontent-type=application/json; charset=utf-8\n"
                                + "sec-fetch-site=same-origin",
                        "GET\n/api/state\nhost=127.0.0.1\nsec-fetch-site=cross-site",
                        "GET\n/api/decisions/1\nhost=localhost.",
                        "GET\n/assets/../x\nhost=localhost")
                .map(text -> text.getBytes(ISO_8859_1));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void onlyPagesOfThisServerHaveSomethingJudged(byte[] data) {
        List<String> lines = new String(data, ISO_8859_1).lines().toList();
        if (lines.size() < 2) {
            return;
        }
        Map<String, String> headers = new HashMap<>();
        for (String line : lines.subList(2, lines.size())) {
            int equals = line.indexOf('=');
            headers.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        }
        PageRequest request = new PageRequest(
                lines.get(0), lines.get(1), name -> headers.get(name.toLowerCase(Locale.ROOT)), new byte[0]);
        PageAnswer answer = Pages.PAGES.answer(request);
        answer.events().ifPresent(EventStream::close);
        assertThat(answer.status()).isBetween(200, 499);
        assertThat(answer.headers()).containsKeys("Content-Security-Policy", "X-Content-Type-Options");
        if (answer.status() < 400) {
            assertThat(headers.getOrDefault("host", "").toLowerCase(Locale.ROOT))
                    .matches(LOOPBACK);
        }
        if (answer.body() == JUDGED) {
            assertThat(headers.getOrDefault("origin", "").toLowerCase(Locale.ROOT))
                    .matches("https?://"
                            + Pattern.quote(headers.getOrDefault("host", "").toLowerCase(Locale.ROOT)));
            assertThat(headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT))
                    .startsWith("application/json");
            assertThat(headers.getOrDefault("sec-fetch-site", "none")).isIn("none", "same-origin");
        }
    }
}
