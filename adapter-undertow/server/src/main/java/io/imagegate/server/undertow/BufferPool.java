package io.imagegate.server.undertow;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.DefaultByteBufferPool;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The network buffers of one listener, limited in number. Direct buffers are created once and reused until the process
 * ends: freeing and creating them under load would leave direct memory full of buffers that wait for their release.
 * Beyond the limit of direct memory, buffers come from the heap; beyond that limit, {@link #allocate} fails, which
 * closes the connection that needed one.
 *
 * <p>Safe for any number of threads.
 */
final class BufferPool implements ByteBufferPool {

    /** One TLS record with its header, padding and tag. */
    private static final int BUFFER_BYTES = 17 << 10;

    private final int directLimit;
    private final int limit;
    private final AtomicReference<@Nullable Free> free = new AtomicReference<>();
    private final AtomicInteger direct = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private final ReferenceQueue<ByteBuffer> lost = new ReferenceQueue<>();
    private final Set<PhantomReference<ByteBuffer>> created = ConcurrentHashMap.newKeySet();
    private final ByteBufferPool arrays = new DefaultByteBufferPool(false, BUFFER_BYTES);

    /** A buffer that is not in use, and the one that was given back before. Made anew each time, so no thread mistakes it for another. */
    private record Free(ByteBuffer buffer, @Nullable Free next) {}

    /**
     * Creates an empty pool.
     *
     * @param directBytes most direct memory
     * @param heapBytes most memory of the heap, used when there is no direct memory
     */
    BufferPool(long directBytes, long heapBytes) {
        this.directLimit = (int) Math.max(1, directBytes / BUFFER_BYTES);
        this.limit = directLimit + (int) (heapBytes / BUFFER_BYTES);
    }

    @Override
    public PooledByteBuffer allocate() {
        if (held.incrementAndGet() > limit) {
            held.decrementAndGet();
            throw new IllegalStateException("all " + limit + " network buffers are in use");
        }
        Free last = free.get();
        while (last != null && !free.compareAndSet(last, last.next)) {
            last = free.get();
        }
        return new Loan(last == null ? create() : last.buffer.clear());
    }

    private ByteBuffer create() {
        forgetLost();
        if (direct.incrementAndGet() <= directLimit) {
            try {
                ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
                created.add(new PhantomReference<>(buffer, lost));
                return buffer;
            } catch (OutOfMemoryError full) {
                // The JVM allows less direct memory than this pool may use. The heap serves instead.
            }
        }
        direct.decrementAndGet();
        return ByteBuffer.allocate(BUFFER_BYTES);
    }

    /** Stops counting direct buffers that were garbage-collected without being given back. */
    private void forgetLost() {
        for (var gone = lost.poll(); gone != null; gone = lost.poll()) {
            created.remove(gone);
            direct.decrementAndGet();
            held.decrementAndGet();
        }
    }

    private void giveBack(ByteBuffer buffer) {
        held.decrementAndGet();
        if (buffer.isDirect()) {
            Free last;
            do {
                last = free.get();
            } while (!free.compareAndSet(last, new Free(buffer, last)));
        }
    }

    /** {@return whether so many buffers are in use that the others are kept for open connections} */
    boolean isLow() {
        return excess() > 0;
    }

    /** {@return how many buffers must be given back before new connections get any; not positive if none} */
    int excess() {
        return held.get() - directLimit / 3;
    }

    /** {@return bytes of the buffers in use} */
    long heldBytes() {
        return (long) held.get() * BUFFER_BYTES;
    }

    @Override
    public ByteBufferPool getArrayBackedPool() {
        return arrays;
    }

    @Override
    public int getBufferSize() {
        return BUFFER_BYTES;
    }

    @Override
    public boolean isDirect() {
        return true;
    }

    @Override
    public void close() {
        free.set(null);
        arrays.close();
    }

    /** One buffer in use, given back once however often it is closed. */
    private final class Loan extends AtomicReference<ByteBuffer> implements PooledByteBuffer {

        private static final long serialVersionUID = 1;

        Loan(ByteBuffer buffer) {
            super(buffer);
        }

        @Override
        public ByteBuffer getBuffer() {
            ByteBuffer buffer = get();
            if (buffer == null) {
                throw new IllegalStateException("the buffer was given back");
            }
            return buffer;
        }

        @Override
        public void close() {
            ByteBuffer buffer = getAndSet(null);
            if (buffer != null) {
                giveBack(buffer);
            }
        }

        @Override
        public boolean isOpen() {
            return get() != null;
        }
    }
}
