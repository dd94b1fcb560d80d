package io.imagegate.cli;

import io.imagegate.server.Conditions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Forwards connections as a Kubernetes Service does: new ones to those that are ready, and none is ever moved. */
final class Balancer implements AutoCloseable {

    private static final int LOOK_MILLIS = 100;

    private final ServerSocket listening = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<RunningJar> all = new CopyOnWriteArrayList<>();
    private final AtomicInteger turns = new AtomicInteger();
    private volatile List<RunningJar> ready = List.of();

    Balancer() throws IOException {
        threads.execute(this::look);
        threads.execute(this::accept);
    }

    String url() {
        return "https://127.0.0.1:" + listening.getLocalPort() + "/image_policy";
    }

    void add(RunningJar server) {
        all.add(server);
    }

    void remove(RunningJar server) {
        all.remove(server);
    }

    /** Waits until so many are found ready. */
    void awaitReady(int count) throws Exception {
        Conditions.await("ready: " + count, () -> ready.size() == count);
    }

    private void look() {
        try {
            while (true) {
                List<RunningJar> now = new ArrayList<>();
                for (RunningJar server : all) {
                    if (server.isReady()) {
                        now.add(server);
                    }
                }
                ready = now;
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        try {
            while (true) {
                forward(listening.accept());
            }
        } catch (IOException end) {
            // Nobody listens any more.
        }
    }

    /** Nobody there is told as a port that nobody listens on tells it. */
    private void forward(Socket client) {
        List<RunningJar> choice = ready;
        if (choice.isEmpty()) {
            reset(client);
            return;
        }
        RunningJar chosen = choice.get(turns.getAndIncrement() % choice.size());
        try {
            join(client, new Socket(InetAddress.getLoopbackAddress(), chosen.port()));
        } catch (IOException refused) {
            reset(client);
        }
    }

    private void join(Socket client, Socket server) throws IOException {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        threads.execute(() -> copy(client, server));
        threads.execute(() -> copy(server, client));
    }

    /** What ends on one side ends on the other in the same way. */
    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16 << 10];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            reset(to);
            reset(from);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException gone) {
            // What was to be closed is closed.
        }
    }

    @Override
    public void close() throws IOException {
        threads.shutdownNow();
        listening.close();
    }
}
