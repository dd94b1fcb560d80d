package io.imagegate.bench;

import io.imagegate.bench.peer.Peer;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ReferenceSyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** What hostile texts do to a parser that runs in a thread with a small stack, and how our time grows with theirs. */
final class Hostile {

    private static final int STACK = 256 << 10;
    private static final Duration LIMIT = Duration.ofMillis(500);
    private static final int[] SIZES = {8 << 10, 1 << 20};

    /** A text of any length. */
    private enum Shape {
        SEGMENTS("a/a/a…", "a/", "", "a"),
        DASHES("a-a-a…", "a-", "", "a"),
        LABELS("a.a…com/x", "a.", "", "com/x"),
        STRAY_END("aaa…!", "a", "", "!"),
        COLONS(":::…", ":", "", ":"),
        HOST_THEN_PATH("x.io/a-a-…", "a-", "x.io/", "a");

        private final String title;
        private final String repeated;
        private final String start;
        private final String end;

        Shape(String title, String repeated, String start, String end) {
            this.title = title;
            this.repeated = repeated;
            this.start = start;
            this.end = end;
        }

        String text(int length) {
            return start + repeated.repeat((length - start.length() - end.length()) / repeated.length()) + end;
        }
    }

    /**
     * One parser and one text.
     *
     * @param peer the parser's title
     * @param text what the text looks like
     * @param chars its length
     * @param ending how it ended
     */
    record Result(String peer, String text, int chars, String ending) {}

    /**
     * Our time for one text.
     *
     * @param text what the text looks like
     * @param chars its length
     * @param nanos the best of several runs
     */
    record Growth(String text, int chars, long nanos) {}

    private Hostile() {}

    static List<Result> endings(Peer peer) throws InterruptedException {
        List<Result> results = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            for (int size : SIZES) {
                results.add(new Result(peer.title(), shape.title, size, ending(peer, shape.text(size))));
            }
        }
        return results;
    }

    private static String ending(Peer peer, String text) throws InterruptedException {
        AtomicReference<String> ending = new AtomicReference<>("no answer");
        Thread thread = Limited.start(() -> ending.set(attempt(peer, text)), STACK);
        if (!Limited.ends(thread, LIMIT)) {
            Limited.kill(thread);
        }
        return Objects.requireNonNull(ending.get());
    }

    private static String attempt(Peer peer, String text) {
        try {
            peer.parse(text);
            return "accepted";
        } catch (RuntimeException e) {
            return "refused";
        } catch (StackOverflowError e) {
            return "stack overflow";
        } catch (OutOfMemoryError e) {
            return "out of memory";
        }
    }

    static List<Growth> growth() {
        List<Growth> growth = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            for (int chars = 1 << 10; chars <= 4 << 20; chars *= 4) {
                growth.add(new Growth(shape.title, chars, best(shape.text(chars))));
            }
        }
        return growth;
    }

    private static long best(String text) {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 2_000 && (round < 50 || best < 10_000); round++) {
            long start = System.nanoTime();
            String outcome = read(text);
            long nanos = System.nanoTime() - start;
            if (!outcome.isEmpty()) {
                best = Math.min(best, nanos);
            }
        }
        return best;
    }

    /** Some are refused at once, some only at their end, and a registry of any length is accepted. */
    private static String read(String text) {
        try {
            return ImageReference.parse(text).text();
        } catch (ReferenceSyntaxException refused) {
            return refused.code();
        }
    }
}
