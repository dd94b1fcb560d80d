package io.imagegate.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Very many connections, each of which sends its first message a byte a second, and comes back when it is closed. */
public final class SlowCrowd implements AutoCloseable {

    /** Files that a process has open beside its connections. */
    private static final int OTHER_FILES = 1_000;

    private static final byte[] HELLO =
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003".getBytes(StandardCharsets.ISO_8859_1);

    private static final class Member {

        private SocketChannel channel;
        private int sent;

        private Member(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private final SocketAddress server;
    private final List<Member> members = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::dribble, "slow-crowd");

    /** Comes all at once. */
    SlowCrowd(RunningJar server, int size) throws IOException {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        for (int i = 0; i < size; i++) {
            members.add(new Member(open()));
        }
        thread.start();
    }

    /** As many as were wanted, or as many as this machine's limit of open files allows, which it tells. */
    public static int sizeUpTo(int wanted) throws IOException, InterruptedException {
        String limit = Program.run(List.of("sh", "-c", "ulimit -n")).out().strip();
        if (limit.equals("unlimited") || Integer.parseInt(limit) >= wanted + OTHER_FILES) {
            return wanted;
        }
        int possible = Integer.parseInt(limit) - OTHER_FILES;
        System.out.println("only " + possible + " slow connections of " + wanted + ": ulimit -n is " + limit);
        return possible;
    }

    private SocketChannel open() throws IOException {
        SocketChannel channel = SocketChannel.open(server);
        channel.configureBlocking(false);
        return channel;
    }

    private void dribble() {
        try {
            while (!closed.await(1, TimeUnit.SECONDS)) {
                for (Member member : members) {
                    step(member);
                }
            }
            for (Member member : members) {
                member.channel.close();
            }
        } catch (IOException | InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void step(Member member) throws IOException {
        try {
            byte next = member.sent < HELLO.length ? HELLO[member.sent] : 0;
            member.sent += member.channel.write(ByteBuffer.wrap(new byte[] {next}));
        } catch (IOException wasClosed) {
            member.channel.close();
            member.channel = open();
            member.sent = 0;
        }
    }

    /** Whether it has not given up. */
    boolean isComing() {
        return thread.isAlive();
    }

    /** Its connections are closed soon. */
    @Override
    public void close() {
        closed.countDown();
    }
}
