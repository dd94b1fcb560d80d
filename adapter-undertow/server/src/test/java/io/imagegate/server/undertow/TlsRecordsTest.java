package io.imagegate.server.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.xnio.conduits.StreamSourceConduit;

/** When a connection holds a part of a TLS record. */
class TlsRecordsTest {

    private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

    private ByteBuffer arriving = ByteBuffer.allocate(0);
    private boolean reading = true;
    private final TlsRecords records = new TlsRecords((StreamSourceConduit) Proxy.newProxyInstance(
            StreamSourceConduit.class.getClassLoader(),
            new Class<?>[] {StreamSourceConduit.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "read" -> {
                    int count = arriving.remaining();
                    ((ByteBuffer) arguments[0]).put(arriving);
                    yield count;
                }
                case "isReadResumed" -> reading;
                default -> null;
            }));

    private static byte[] record(int length) {
        return ByteBuffer.allocate(5 + length)
                .put(new byte[] {23, 3, 3})
                .putShort((short) length)
                .array();
    }

    private void arrive(byte[] bytes, int from, int to) throws IOException {
        arriving = ByteBuffer.wrap(bytes, from, to - from);
        records.read(ByteBuffer.allocate(1 << 17));
    }

    private boolean lacks() {
        return records.lack(PATIENCE, System.nanoTime() + 2 * PATIENCE);
    }

    @Test
    void aRecordIsAwaitedUntilItsLastByte() throws IOException {
        byte[] record = record(0x4100);
        assertThat(lacks()).isFalse();
        for (int[] part : new int[][] {{0, 1}, {1, 5}, {5, 6}, {6, record.length - 1}}) {
            arrive(record, part[0], part[1]);
            assertThat(lacks()).as("after %d bytes", part[1]).isTrue();
        }
        arrive(record, record.length - 1, record.length);
        assertThat(lacks()).isFalse();
    }

    @Test
    void severalRecordsMayArriveAtOnce() throws IOException {
        byte[] records = ByteBuffer.allocate(5 + 300 + 5 + 5 + 0xff)
                .put(record(300))
                .put(record(0))
                .put(record(0xff))
                .array();
        arrive(records, 0, records.length);
        assertThat(lacks()).isFalse();
        arrive(records, 0, 307);
        assertThat(lacks()).isTrue();
    }

    @Test
    void nobodyIsBlamedAtOnceOrWhileTheServerDoesNotRead() throws IOException {
        arrive(record(300), 0, 10);
        assertThat(records.lack(PATIENCE, System.nanoTime())).isFalse();
        reading = false;
        assertThat(lacks()).isFalse();
    }
}
