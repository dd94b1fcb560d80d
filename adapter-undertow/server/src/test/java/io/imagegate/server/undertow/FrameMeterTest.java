package io.imagegate.server.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that are counted, and their near-misses. */
class FrameMeterTest {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int PADDED = 8;
    private static final int LONGEST_HEAD = 32 << 10;

    private final AtomicLong clock = new AtomicLong(-5);
    private final FrameMeter meter = new FrameMeter(new FrameRate(clock::get), LONGEST_HEAD);
    private int stream = -1;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8, 0xfe})
    void framesWithoutContentAreLimited(int type) {
        assertThat(send(type, 0, 1, 8, FrameRate.MOST)).isNull();
        assertThat(send(type, 0, 1, 8, 1)).isEqualTo("more frames without content than requests need");
    }

    @Test
    void emptyAndSmallDataIsLimitedAndLargeDataIsNot() {
        assertThat(send(DATA, 0, 1, 255, FrameRate.MOST)).isNull();
        assertThat(send(DATA, 0, 1, 256, 10 * FrameRate.MOST)).isNull();
        assertThat(send(DATA, END_STREAM, 1, 0, 10 * FrameRate.MOST)).isNull();
        assertThat(send(DATA, 0, 1, 0, 1)).isNotNull();
    }

    @Test
    void paddingIsNoContent() {
        assertThat(padded(0, 1, FrameRate.MOST)).isNull();
        assertThat(padded(0, 256, 10 * FrameRate.MOST)).isNull();
        assertThat(padded(END_STREAM, 1, 10 * FrameRate.MOST)).isNull();
        assertThat(padded(0, 255, 1)).isEqualTo("more frames without content than requests need");
    }

    @Test
    void theLengthOfThePaddingMayArriveAlone() {
        ByteBuffer frames = paddedFrames(0, 1, FrameRate.MOST);
        while (frames.hasRemaining()) {
            int at = frames.position();
            assertThat(meter.read(frames.slice(at, 1))).isNull();
            frames.position(at + 1);
        }
        assertThat(padded(0, 1, 1)).isNotNull();
    }

    @Test
    void aPaddedFrameWithoutRoomForTheLengthOfItsPaddingIsEmpty() {
        assertThat(send(DATA, PADDED, 1, 0, FrameRate.MOST)).isNull();
        assertThat(send(DATA, PADDED, 1, 0, 1)).isNotNull();
    }

    @Test
    void requestsRefillTheAllowance() {
        for (int i = 0; i < 3 * FrameRate.MOST; i++) {
            assertThat(request()).isNull();
            assertThat(send(8, 0, 0, 4, 2)).as("window updates of request " + i).isNull();
        }
        assertThat(send(8, 0, 0, 4, FrameRate.MOST + 1)).isNotNull();
    }

    @Test
    void trailersAreNoRequests() {
        assertThat(request()).isNull();
        assertThat(send(HEADERS, END_STREAM, stream, 10, FrameRate.MOST)).isNull();
        assertThat(send(HEADERS, END_STREAM, stream, 10, 1)).isNotNull();
    }

    @Test
    void timeRefillsTheAllowance() {
        assertThat(send(6, 0, 0, 8, FrameRate.MOST)).isNull();
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(send(6, 0, 0, 8, 500)).isNull();
        assertThat(send(6, 0, 0, 8, 1)).isNotNull();
    }

    @Test
    void longSettingsCountForMore() {
        assertThat(send(4, 0, 0, 6_400, FrameRate.MOST / 101)).isNull();
        assertThat(send(4, 0, 0, 6_400, 1)).isNotNull();
    }

    @Test
    void aHeadEndsAfterEightContinuations() {
        assertThat(request()).isNull();
        assertThat(send(CONTINUATION, 0, 1, 0, 8)).isNull();
        assertThat(send(CONTINUATION, 0, 1, 0, 1)).isEqualTo("more CONTINUATION frames than header fields need");
    }

    @Test
    void eachHeadHasItsOwnContinuations() {
        for (int i = 0; i < 10; i++) {
            assertThat(request()).isNull();
            assertThat(send(CONTINUATION, 0, 1, 0, 8)).isNull();
        }
    }

    @Test
    void aHeadIsAtMostSoLong() {
        assertThat(request()).isNull();
        assertThat(send(CONTINUATION, 0, 1, LONGEST_HEAD - 20, 1)).isNull();
        assertThat(send(CONTINUATION, 0, 1, 1, 1)).isNotNull();
    }

    @Test
    void framesMayArriveByteByByte() {
        ByteBuffer pings = frames(6, 0, 0, 8, FrameRate.MOST);
        while (pings.hasRemaining()) {
            int at = pings.position();
            assertThat(meter.read(pings.slice(at, 1))).isNull();
            pings.position(at + 1);
        }
        assertThat(send(6, 0, 0, 8, 1)).isNotNull();
    }

    private @Nullable String request() {
        stream += 2;
        return send(HEADERS, 0, stream, 20, 1);
    }

    private @Nullable String send(int type, int flags, int onStream, int length, int count) {
        return meter.read(frames(type, flags, onStream, length, count));
    }

    private @Nullable String padded(int flags, int content, int count) {
        return meter.read(paddedFrames(flags, content, count));
    }

    /** DATA with so much content and 255 bytes of padding. */
    private static ByteBuffer paddedFrames(int flags, int content, int count) {
        int length = 1 + content + 255;
        ByteBuffer frames = ByteBuffer.allocate(count * (9 + length));
        for (int i = 0; i < count; i++) {
            frames.putInt(length << 8 | DATA).put((byte) (flags | PADDED)).putInt(1);
            frames.put((byte) 255).put(new byte[length - 1]);
        }
        return frames.flip();
    }

    private static ByteBuffer frames(int type, int flags, int onStream, int length, int count) {
        ByteBuffer frames = ByteBuffer.allocate(count * (9 + length));
        for (int i = 0; i < count; i++) {
            frames.putInt(length << 8 | type).put((byte) flags).putInt(onStream).put(new byte[length]);
        }
        return frames.flip();
    }
}
