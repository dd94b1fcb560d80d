package io.imagegate.cli.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.imagegate.cli.SlowCrowd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;

/** Readers of metrics that do not read. */
final class ManagementAttacks {

    private static final int READERS = 3_000;
    private static final int RECEIVE_BYTES = 4_096;
    private static final int PAUSE_MILLIS = 200;
    private static final byte[] PIPELINED =
            "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100).getBytes(US_ASCII);

    private ManagementAttacks() {}

    static Map<String, Attack> all() {
        return Map.of("3,000 readers of /metrics that do not read", ManagementAttacks::unreadMetrics);
    }

    /** Whom the server sends away comes back. */
    private static void unreadMetrics(Adversary adversary) throws IOException, InterruptedException {
        @Nullable SocketChannel[] readers = new SocketChannel[SlowCrowd.sizeUpTo(READERS)];
        while (!adversary.isOver()) {
            for (int i = 0; i < readers.length && !adversary.isOver(); i++) {
                try {
                    SocketChannel reader = readers[i] == null ? open(adversary) : readers[i];
                    readers[i] = reader;
                    if (reader.finishConnect()) {
                        adversary.sent(reader.write(ByteBuffer.wrap(PIPELINED)), 0);
                    }
                } catch (IOException closed) {
                    IoUtils.safeClose(readers[i]);
                    readers[i] = null;
                }
            }
            adversary.pause(PAUSE_MILLIS);
        }
    }

    private static SocketChannel open(Adversary adversary) throws IOException {
        SocketAddress management = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), adversary.server().managementPort());
        SocketChannel channel = SocketChannel.open();
        adversary.keep(channel);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BYTES);
        channel.configureBlocking(false);
        channel.connect(management);
        return channel;
    }
}
