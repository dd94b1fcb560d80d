package io.imagegate.webhook;

import java.time.Duration;

/** How long a review may wait for facts, by the time-out that kube-apiserver puts into the query. */
final class ReviewDeadline {

    private static final String NAME = "timeout=";
    private static final int MAX_DIGITS = 4;
    private static final int SECONDS_OF_MINUTE = 60;
    private static final int MILLIS_OF_NINE_TENTHS = 900;

    /** Enough for what is known already. */
    private static final Duration LEAST = Duration.ofMillis(1);

    private ReviewDeadline() {}

    /**
     * {@return what is left of {@link #of(String, Duration)}; a millisecond at least}
     *
     * @param query the query
     * @param most the limit
     * @param waited the time since the request arrived
     */
    static Duration of(String query, Duration most, Duration waited) {
        Duration left = of(query, most).minus(waited);
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }

    /**
     * {@return nine tenths of the query's time-out, so that the answer still arrives in time, and no more than a limit}
     *
     * @param query the query, without the question mark
     * @param most the limit, which also holds where the query has no time-out or one that is not of the form
     *     {@code 10s} or {@code 1m30s}
     */
    static Duration of(String query, Duration most) {
        int name = query.indexOf(NAME);
        if (name < 0 || (name > 0 && query.charAt(name - 1) != '&')) {
            return most;
        }
        long seconds = seconds(query, name + NAME.length());
        Duration limit = Duration.ofMillis(MILLIS_OF_NINE_TENTHS * seconds);
        return seconds <= 0 || limit.compareTo(most) > 0 ? most : limit;
    }

    /** {@return the seconds of a duration as Go writes it; -1 if it cannot be read} */
    private static long seconds(String text, int from) {
        long sum = 0;
        long number = 0;
        int digits = 0;
        for (int i = from; i < text.length() && text.charAt(i) != '&'; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' && digits < MAX_DIGITS) {
                number = 10 * number + (c - '0');
                digits++;
            } else if (digits > 0 && (c == 's' || c == 'm')) {
                sum += c == 'm' ? SECONDS_OF_MINUTE * number : number;
                number = 0;
                digits = 0;
            } else {
                return -1;
            }
        }
        return digits == 0 ? sum : -1;
    }
}
