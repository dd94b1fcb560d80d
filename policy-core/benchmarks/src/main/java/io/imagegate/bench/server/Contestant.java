package io.imagegate.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * A server to be measured.
 *
 * @param name what it is called in tables
 * @param command makes its command line for a port
 * @param environment what is set in its environment
 * @param decides whether it looks at the images; the constant one does not
 */
record Contestant(String name, IntFunction<List<String>> command, Map<String, String> environment, boolean decides) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * A server that runs; closing it ends its process.
     *
     * @param process the process
     * @param port where it listens
     * @param startedNanos when its process was started
     */
    record Running(Process process, int port, long startedNanos) implements AutoCloseable {

        /** {@return the processor time it has taken up to now, all its threads together} */
        Duration processorTime() {
            return process.info().totalCpuDuration().orElseThrow();
        }

        /** Asks it to end, and waits until it has, as a JVM that writes an archive needs it. */
        void end() {
            process.destroy();
            process.onExit().join();
        }

        @Override
        public void close() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /** {@return the same with more options} */
    Contestant with(List<String> options) {
        return new Contestant(
                name,
                port -> Stream.concat(command.apply(port).stream(), options.stream())
                        .toList(),
                environment,
                decides);
    }

    /** Starts it and waits until it accepts connections. */
    Running start(Path log) throws IOException, InterruptedException {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(command.apply(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Any free port will do for whatever else it serves.
        builder.environment().put("IMAGEGATE_MANAGEMENT_PORT", "0");
        builder.environment().putAll(environment);
        long started = System.nanoTime();
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Running running = new Running(process, port, started);
        while (!accepts(port)) {
            if (!process.isAlive() || System.nanoTime() - started > PATIENCE.toNanos()) {
                running.close();
                throw new IOException(name + " did not start, see " + log);
            }
            Thread.sleep(1);
        }
        return running;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
