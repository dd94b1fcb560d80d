package io.imagegate.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DrainedInputTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void allIsRead() {
        ByteArrayInputStream input = new ByteArrayInputStream(new byte[1_000_000]);
        DrainedInput.start(input).await(LONG);
        assertThat(input.available()).isZero();
    }

    @Test
    void anInputWithoutEndIsReadToALimit() {
        AtomicInteger read = new AtomicInteger();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("one by one");
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                read.addAndGet(length);
                return length;
            }
        };
        DrainedInput.start(endless).await(LONG);
        assertThat(read.get()).isEqualTo(DrainedInput.LIMIT);
    }

    @Test
    void nobodyWaitsForAnInputThatDoesNotEnd() throws IOException {
        try (PipedOutputStream silent = new PipedOutputStream();
                PipedInputStream input = new PipedInputStream(silent)) {
            DrainedInput.start(input).await(Duration.ofMillis(20));
        }
    }
}
