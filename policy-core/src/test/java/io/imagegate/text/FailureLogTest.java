package io.imagegate.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.imagegate.LoggedRecords;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("The log of what foreign code throws")
class FailureLogTest {

    private static final System.Logger LOG = System.getLogger(FailureLogTest.class.getName());

    @RegisterExtension
    private final LoggedRecords logged = new LoggedRecords(FailureLogTest.class, message -> true);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final FailureLog failures = new FailureLog(LOG, nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    @DisplayName("has one message a minute, and each says how many there were since the last")
    void onceAMinute() {
        failures.log("first", new IllegalStateException());
        failures.log("second", new IllegalStateException());
        pass(Duration.ofSeconds(59));
        failures.log("third", new IllegalStateException());
        assertThat(logged.records()).extracting(LogRecord::getMessage).containsExactly("first");
        pass(Duration.ofSeconds(1));
        failures.log("fourth", new IllegalStateException());
        pass(Duration.ofMinutes(1));
        failures.log("fifth", new IllegalStateException());
        assertThat(logged.records())
                .extracting(LogRecord::getMessage)
                .containsExactly("first", "fourth (2 more since the last such message)", "fifth");
        new FailureLog(LOG, nanos::get).log("of another", new IllegalStateException());
        assertThat(logged.records()).hasSize(4);
    }

    @Test
    @DisplayName("has the failure itself, with its causes and its stack")
    void keepsTheFailure() {
        RuntimeException failure = new IllegalStateException("what", new ArithmeticException("why"));
        failures.log("failed", failure);
        assertThat(logged.records()).singleElement().satisfies(message -> {
            assertThat(message.getThrown()).isSameAs(failure);
        });
    }

    private static int recurse(int depth) {
        return depth < 0 ? 0 : recurse(depth + 1) + 1;
    }

    @Test
    @DisplayName("cuts stacks, texts and causes that are too long, and keeps their beginning")
    void bounded() {
        Throwable endless = catchThrowable(() -> recurse(0));
        Throwable cause = endless;
        for (int i = 0; i < 50; i++) {
            cause = new IllegalStateException(i + "x".repeat(10_000), cause);
        }
        failures.log("failed", cause);
        Throwable shown = logged.records().get(0).getThrown();
        assertThat(shown.toString())
                .startsWith("java.lang.IllegalStateException: 49xxx")
                .hasSize(1_000);
        assertThat(shown.getStackTrace()[0].getMethodName()).isEqualTo("bounded");
        int causes = 0;
        for (Throwable each = shown.getCause(); each != null; each = each.getCause()) {
            causes++;
        }
        assertThat(causes).isEqualTo(BoundedFailure.MOST_CAUSES);

        pass(Duration.ofMinutes(1));
        failures.log("failed", endless);
        Throwable overflow = logged.records().get(1).getThrown();
        assertThat(overflow).hasToString("java.lang.StackOverflowError");
        assertThat(overflow.getStackTrace()).hasSize(BoundedFailure.MOST_FRAMES);
        assertThat(overflow.getStackTrace()[0].getMethodName()).isEqualTo("recurse");
    }

    @Test
    @DisplayName("takes failures that throw when they are asked, and that are their own cause")
    void hostileFailures() {
        failures.log("failed", new RuntimeException() {
            @Override
            public String getMessage() {
                throw new IllegalStateException("no text");
            }
        });
        assertThat(logged.records().get(0).getThrown().toString())
                .contains(getClass().getName());
        pass(Duration.ofMinutes(1));
        failures.log("failed", new RuntimeException() {
            @Override
            public synchronized Throwable getCause() {
                return this;
            }
        });
        assertThat(logged.records()).hasSize(2);
    }
}
