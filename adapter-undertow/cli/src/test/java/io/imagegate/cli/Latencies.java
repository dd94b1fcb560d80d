package io.imagegate.cli;

import java.util.Arrays;
import java.util.Locale;

/** How long answers took. Not thread-safe. */
public final class Latencies {

    private long[] nanos = new long[1024];
    private int count;

    public void add(long nanosOfOne) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = nanosOfOne;
    }

    public int count() {
        return count;
    }

    /** The time within which this part of the answers came, in milliseconds. */
    public double millis(double part) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return count == 0 ? 0 : at(sorted, part);
    }

    @Override
    public String toString() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%,d reviews, p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, longest %.1f ms",
                count,
                at(sorted, 0.5),
                at(sorted, 0.99),
                at(sorted, 0.999),
                at(sorted, 1));
    }

    private static double at(long[] sorted, double part) {
        return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)] / 1e6;
    }
}
