package io.imagegate.war;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.console.EventStream;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A stream of events")
class PageStreamTest {

    private final FakeOutput out = new FakeOutput();
    private final FakeEvents events = new FakeEvents();
    private final CompletableFuture<Object> ticks = new CompletableFuture<>();
    private final List<PageStream> ended = new ArrayList<>();
    private int completed;

    private final AsyncContext async = (AsyncContext) Proxy.newProxyInstance(
            PageStreamTest.class.getClassLoader(), new Class<?>[] {AsyncContext.class}, (proxy, method, arguments) -> {
                if (method.getName().equals("complete")) {
                    completed++;
                }
                return null;
            });

    private final PageStream stream = new PageStream(async, out, events, ended::add);

    @BeforeEach
    void start() {
        stream.start(ticks);
    }

    private void assertEnded() {
        assertThat(events.closed).isEqualTo(1);
        assertThat(completed).isEqualTo(1);
        assertThat(ended).containsExactly(stream);
        assertThat(ticks).isCancelled();
    }

    @Test
    @DisplayName("is written and flushed once for each tick")
    void ticks() {
        stream.onWritePossible();
        assertThat(events.asked).isZero();
        stream.tick();
        stream.tick();
        assertThat(out.written()).isEqualTo("event 1, flushed, event 2, flushed, ");
        events.silent = true;
        stream.tick();
        assertThat(out.written()).isEqualTo("event 1, flushed, event 2, flushed, ");
        assertThat(events.closed).isZero();
    }

    @Test
    @DisplayName("asks for no event while its reader takes none, and goes on when it does")
    void slow() {
        stream.tick();
        assertThat(events.asked).isZero();
        stream.onWritePossible();
        assertThat(out.written()).isEqualTo("event 1, flushed, ");
        out.room = 1;
        stream.tick();
        assertThat(out.written()).isEqualTo("event 1, flushed, event 2, ");
        for (int i = 0; i < 100; i++) {
            stream.tick();
        }
        assertThat(events.asked).isEqualTo(2);
        out.room = Integer.MAX_VALUE;
        stream.onWritePossible();
        assertThat(out.written()).isEqualTo("event 1, flushed, event 2, flushed, event 3, flushed, ");
        assertThat(events.closed).isZero();
    }

    @Test
    @DisplayName("ends if its reader takes nothing for half a minute, and not before")
    void blocked() {
        stream.onWritePossible();
        out.room = 0;
        for (int i = 0; i < 151; i++) {
            stream.tick();
        }
        assertThat(events.closed).isZero();
        stream.tick();
        assertEnded();
        stream.tick();
        stream.onWritePossible();
        assertEnded();
    }

    @Test
    @DisplayName("ends after its last event, which is flushed, also if its reader is ready before it is asked for")
    void last() {
        events.last = true;
        stream.onWritePossible();
        assertThat(completed).isZero();
        stream.tick();
        assertThat(out.written()).isEqualTo("event 1, flushed, ");
        assertEnded();
    }

    @Test
    @DisplayName("writes its only event before it ends")
    void full() {
        events.last = true;
        stream.tick();
        stream.onWritePossible();
        assertThat(out.written()).isEqualTo("event 1, flushed, ");
        assertEnded();
    }

    @Test
    @DisplayName("ends when its reader has gone")
    void gone() {
        stream.onWritePossible();
        out.isBroken = true;
        stream.tick();
        assertEnded();
        stream.onError(new IOException("gone"));
        assertEnded();
    }

    private static final class FakeEvents implements EventStream {

        private int asked;
        private int closed;
        private boolean silent;
        private boolean last;

        @Override
        public byte[] next() {
            asked++;
            return silent ? new byte[0] : ("event " + asked + ", ").getBytes(UTF_8);
        }

        @Override
        public boolean isLast() {
            return last;
        }

        @Override
        public void close() {
            closed++;
        }
    }

    /** Takes so many writes and flushes. Like a container, it refuses one for which it was not ready. */
    private static final class FakeOutput extends ServletOutputStream {

        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private int room = Integer.MAX_VALUE;
        private boolean isAsked;
        private boolean isBroken;

        private String written() {
            return written.toString(UTF_8);
        }

        @Override
        public boolean isReady() {
            isAsked = true;
            return room > 0;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            take();
            written.write(bytes, offset, count);
        }

        @Override
        public void flush() throws IOException {
            take();
            written.writeBytes("flushed, ".getBytes(UTF_8));
        }

        private void take() throws IOException {
            if (!isAsked || room == 0) {
                throw new AssertionError("not asked before, or not ready");
            }
            if (isBroken) {
                throw new IOException("broken pipe");
            }
            isAsked = false;
            room -= room == Integer.MAX_VALUE ? 0 : 1;
        }

        @Override
        public void write(int b) {
            throw new AssertionError();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            // The test calls it.
        }
    }
}
