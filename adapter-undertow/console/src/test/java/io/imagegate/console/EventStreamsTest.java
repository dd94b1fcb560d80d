package io.imagegate.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.console.KeptDecisions.Omitted;
import io.imagegate.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Decisions as browsers follow them. */
class EventStreamsTest {

    private static final Pattern ID = Pattern.compile("\"id\":\"[0-9a-f]{8}-([0-9]+)\"");
    private static final Pattern MISSED = Pattern.compile("\"missed\": ([0-9]+)");

    private final ManualTime time = new ManualTime("2026-11-28T12:00:00Z");
    private final KeptDecisions kept = new KeptDecisions();
    private final EventStreams streams = new EventStreams();

    private void decide(int count) {
        for (int i = 0; i < count; i++) {
            kept.add("\"image\":\"nginx\"".getBytes(UTF_8), null, Omitted.FAILED);
        }
    }

    private EventStream open() {
        return streams.open(kept, 0, time);
    }

    private static String next(EventStream stream) {
        return new String(stream.next(), UTF_8);
    }

    private static List<Long> numbers(String event) {
        return numbers(event, ID);
    }

    private static List<Long> numbers(String event, Pattern pattern) {
        Matcher matcher = pattern.matcher(event);
        List<Long> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(Long.parseLong(matcher.group(1)));
        }
        return found;
    }

    @Test
    @DisplayName("begin with those that are kept, and go on with new ones")
    void follows() {
        decide(2);
        EventStream stream = open();
        String row = "{\"id\":\"%s\",\"image\":\"nginx\"}";
        assertThat(next(stream))
                .isEqualTo("event: decisions\nid: " + kept.id(2) + "\ndata: {\"missed\": 0, \"rows\": ["
                        + String.format(row, kept.id(1)) + "," + String.format(row, kept.id(2)) + "]}\n\n");
        assertThat(next(stream)).isEmpty();
        decide(1);
        assertThat(numbers(next(stream))).containsExactly(3L);
        assertThat(stream.isLast()).isFalse();
    }

    @Test
    @DisplayName("say something at once, and every 15 seconds when nothing is decided")
    void heartbeat() {
        EventStream stream = open();
        assertThat(next(stream)).isEqualTo(": \n\n");
        assertThat(next(stream)).isEmpty();
        time.pass(Duration.ofMillis(14_999));
        assertThat(next(stream)).isEmpty();
        time.pass(Duration.ofMillis(1));
        assertThat(next(stream)).isEqualTo(": \n\n");
        time.pass(Duration.ofSeconds(10));
        decide(1);
        assertThat(next(stream)).startsWith("event: decisions\n");
        time.pass(Duration.ofSeconds(10));
        assertThat(next(stream)).isEmpty();
    }

    @Test
    @DisplayName("continue where a browser stopped, and say how many it missed")
    void continues() {
        decide(5);
        EventStream stream = streams.open(kept, kept.number(kept.id(3)), time);
        assertThat(numbers(next(stream))).containsExactly(4L, 5L);
        decide(1_200);
        String late = next(stream);
        assertThat(numbers(late, MISSED)).containsExactly(200L);
        assertThat(numbers(late)).startsWith(206L);
        // The id is of another process: all is new.
        EventStream restarted = streams.open(kept, kept.number("00000000-3"), time);
        assertThat(numbers(next(restarted), MISSED)).containsExactly(0L);
    }

    @Test
    @DisplayName("have no event that is long, however much there is to say")
    void longRows() {
        for (int i = 0; i < 1_000; i++) {
            kept.add(("\"image\":\"" + "x".repeat(4_000) + "\"").getBytes(UTF_8), null, Omitted.FAILED);
        }
        EventStream stream = open();
        List<Long> seen = new ArrayList<>();
        for (byte[] event = stream.next(); event.length > 0; event = stream.next()) {
            assertThat(event).hasSizeLessThan(300 << 10);
            seen.addAll(numbers(new String(event, UTF_8)));
        }
        assertThat(seen).hasSize(1_000).isSorted();
    }

    @Test
    @DisplayName("are 16 at most; the next is told so, and gets a place when one is free")
    void full() {
        decide(1);
        List<EventStream> opened = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            opened.add(open());
        }
        assertThat(opened).allMatch(stream -> !next(stream).isEmpty() && !stream.isLast());
        EventStream refused = open();
        assertThat(next(refused)).isEqualTo("event: full\ndata: {\"streams\": 16}\n\n");
        assertThat(refused.isLast()).isTrue();
        refused.close();
        assertThat(open().isLast()).isTrue();
        opened.get(0).close();
        opened.get(0).close();
        EventStream second = open();
        assertThat(second.isLast()).isFalse();
        // Closing a stream twice frees no second place.
        assertThat(open().isLast()).isTrue();
    }

    @Test
    @DisplayName("end when the pages are closed, without a word")
    void end() {
        EventStream stream = open();
        streams.close();
        decide(1);
        assertThat(stream.next()).isEmpty();
        assertThat(stream.isLast()).isTrue();
    }

    @Test
    @DisplayName("show each decision once and in order, while many threads decide and streams come and go")
    void together() throws Exception {
        AtomicBoolean deciding = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> deciders = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                deciders.add(threads.submit(() -> decide(20_000)));
            }
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                readers.add(threads.submit(() -> follow(deciding)));
            }
            for (Future<?> decider : deciders) {
                decider.get(60, TimeUnit.SECONDS);
            }
            deciding.set(false);
            for (Future<Long> reader : readers) {
                assertThat(reader.get(60, TimeUnit.SECONDS)).isEqualTo(80_000L);
            }
        } finally {
            threads.shutdownNow();
        }
        // Every stream gave its place back.
        for (int i = 0; i < 16; i++) {
            assertThat(open().isLast()).isFalse();
        }
    }

    /** Follows until nothing is decided, and connects again after every third event, as a browser would. */
    private long follow(AtomicBoolean deciding) {
        long last = 0;
        boolean more = true;
        while (more) {
            more = deciding.get();
            try (EventStream stream = streams.open(kept, last, time)) {
                for (int i = 0; i < 3; i++) {
                    String event = next(stream);
                    for (long number : numbers(event)) {
                        long missed = numbers(event, MISSED).get(0);
                        boolean first = number == numbers(event).get(0);
                        assertThat(number).isEqualTo(last + 1 + (first && last > 0 ? missed : number - last - 1));
                        assertThat(number).isGreaterThan(last);
                        last = number;
                    }
                }
            }
        }
        return last;
    }
}
