package io.imagegate.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.Refusal;
import io.imagegate.syntax.SyntaxLimits;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Memory for a YAML text")
class YamlMemoryTest {

    /** The buffer of a long text has more. */
    private static final long FEW_BYTES = 100_000;

    private static final SyntaxLimits LIMITS =
            SyntaxLimits.builder(1 << 20, 10).aliases(10).build();

    private static YamlCursor<Refusal> stream(String text) {
        return YamlCursor.of(
                new BufferedInputStream(new ByteArrayInputStream(text.getBytes(UTF_8))),
                YamlDialect.MANIFEST,
                LIMITS,
                Refusal.PROBLEMS);
    }

    private static YamlCursor<Refusal> text(String text) {
        return YamlCursor.of(text, YamlDialect.MANIFEST, LIMITS, Refusal.PROBLEMS);
    }

    private static long allocated(Function<String, YamlCursor<Refusal>> open, String text) throws Refusal {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        read(open, text);
        long before = threads.getCurrentThreadAllocatedBytes();
        read(open, text);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void read(Function<String, YamlCursor<Refusal>> open, String text) throws Refusal {
        Node document = open.apply(text).document();
        assertThat(document).isNotNull();
    }

    @Test
    @DisplayName("is little if it is short, and also if a stream has it")
    void byNeed() throws Refusal {
        assertThat(allocated(YamlMemoryTest::text, "a: b")).isLessThan(FEW_BYTES);
        assertThat(allocated(YamlMemoryTest::stream, "a: b")).isLessThan(FEW_BYTES);
        assertThat(allocated(YamlMemoryTest::stream, "a: " + "b".repeat(YamlEvents.SHORT)))
                .isGreaterThan(FEW_BYTES);
    }

    @Test
    @DisplayName("holds all of it, whatever its length")
    void lengths() throws Refusal {
        for (int length = YamlEvents.SHORT - 5; length < YamlEvents.SHORT + 5; length++) {
            String value = "\u00e9" + "b".repeat(length - "a: xx".length());
            for (YamlCursor<Refusal> cursor : List.of(text("a: " + value), stream("a: " + value))) {
                assertThat(cursor.begin()).isTrue();
                cursor.enterObject();
                assertThat(cursor.field()).isEqualTo("a");
                assertThat(cursor.scalar()).isEqualTo(value);
                assertThat(cursor.field()).isNull();
                assertThat(cursor.begin()).isFalse();
            }
        }
    }
}
