package io.imagegate.server.undertow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.undertow.connector.PooledByteBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BufferPoolTest {

    private static final int SIZE = 17 << 10;

    private final BufferPool pool = new BufferPool(4 * SIZE, 2 * SIZE);
    private final List<PooledByteBuffer> held = new ArrayList<>();

    @Test
    void theHeapServesWhenDirectMemoryIsFullAndThenNothingDoes() {
        take(4);
        assertThat(held).allMatch(buffer -> buffer.getBuffer().isDirect());
        take(2);
        assertThat(held.subList(4, 6)).noneMatch(buffer -> buffer.getBuffer().isDirect());
        assertThatThrownBy(pool::allocate)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("all 6 network buffers are in use");
        held.get(0).close();
        assertThat(pool.allocate().getBuffer().isDirect()).isTrue();
    }

    @Test
    void aBufferIsUsedAgainAndIsEmptyThen() {
        PooledByteBuffer first = pool.allocate();
        ByteBuffer buffer = first.getBuffer();
        buffer.putInt(1).flip();
        first.close();
        PooledByteBuffer second = pool.allocate();
        assertThat(second.getBuffer()).isSameAs(buffer);
        assertThat(buffer.remaining()).isEqualTo(SIZE);
    }

    @Test
    void givingBackTwiceIsGivingBackOnce() {
        PooledByteBuffer buffer = pool.allocate();
        buffer.close();
        buffer.close();
        assertThat(buffer.isOpen()).isFalse();
        assertThatThrownBy(buffer::getBuffer).isInstanceOf(IllegalStateException.class);
        assertThat(pool.heldBytes()).isZero();
        assertThat(pool.allocate().getBuffer()).isNotSameAs(pool.allocate().getBuffer());
    }

    @Test
    void itIsLowWhenMoreThanAThirdIsInUse() {
        take(1);
        assertThat(pool.isLow()).isFalse();
        take(1);
        assertThat(pool.isLow()).isTrue();
        held.get(0).close();
        assertThat(pool.isLow()).isFalse();
    }

    private void take(int count) {
        for (int i = 0; i < count; i++) {
            held.add(pool.allocate());
        }
    }
}
