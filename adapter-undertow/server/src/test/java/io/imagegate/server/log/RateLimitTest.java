package io.imagegate.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.log.RateLimit.Kind;
import io.imagegate.server.log.RateLimit.Suppressed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final Kind ONE = new Kind("logger", Level.INFO, "one {0}", 10);
    private static final Kind OTHER = new Kind("logger", Level.INFO, "other {0}", 1);

    private final AtomicLong now = new AtomicLong(-5);
    private final RateLimit limit = new RateLimit(now::get);

    @Test
    void eachKindHasItsShareOfAMinute() {
        assertThat(admitted(ONE, 25)).isEqualTo(10);
        assertThat(admitted(OTHER, 1)).isEqualTo(1);
        now.addAndGet(TimeUnit.SECONDS.toNanos(59));
        assertThat(limit.due()).isEmpty();
        assertThat(admitted(ONE, 1)).isZero();

        now.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(limit.due()).containsExactly(new Suppressed(ONE, 16));
        assertThat(admitted(ONE, 1)).isEqualTo(1);
        assertThat(limit.total()).isEqualTo(16);
    }

    @Test
    void atTheEndOfTheProcessAllAreReported() {
        admitted(ONE, 11);
        admitted(OTHER, 1);

        assertThat(limit.all()).containsExactly(new Suppressed(ONE, 1));
        assertThat(limit.all()).isEmpty();
    }

    @Test
    void kindsAreBounded() {
        int admitted = 0;
        for (int i = 0; i < 10_000; i++) {
            admitted += admitted(new Kind("logger", Level.INFO, "kind " + i, 5), 1);
        }

        assertThat(admitted).isEqualTo(RateLimit.MAX_KINDS + 10);
        assertThat(limit.all()).singleElement().extracting(Suppressed::count).isEqualTo(10_000L - admitted);
    }

    private int admitted(Kind kind, int messages) {
        int admitted = 0;
        for (int i = 0; i < messages; i++) {
            admitted += limit.admit(kind) ? 1 : 0;
        }
        return admitted;
    }
}
