package io.imagegate.cli.attack;

import io.imagegate.FreePort;
import io.imagegate.cli.Program;
import io.imagegate.server.Conditions;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A jar that serves reviews in a process of its own. A test reads its standard error, or leaves it unread. */
final class AttackedServer implements AutoCloseable {

    private static final Pattern TRACE = Pattern.compile("(?m)^\\s+at [\\w.$/]+\\(.*|^.*OutOfMemoryError.*");
    private static final Pattern USED = Pattern.compile("generation +total [0-9]+K, used ([0-9]+)K");
    private static final int PATIENCE_MILLIS = 1_000;
    private static final int METRICS_MILLIS = 30_000;

    private final Process process;
    private final int port;
    private final int management;
    private final Path log;
    private final Semaphore mayRead = new Semaphore(1);
    private long traced;

    private AttackedServer(List<String> command, int port, int management) throws IOException {
        this.port = port;
        this.management = management;
        this.log = Files.createTempFile("imagegate-", ".log");
        this.process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Thread reader = new Thread(this::readErrors, "reader of standard error");
        reader.setDaemon(true);
        reader.start();
    }

    /** The jar that was built, or that of {@code imagegate.hostile.jar}. */
    static String jar() {
        return System.getProperty("imagegate.hostile.jar", Program.setting("imagegate.jar"));
    }

    /** The flags of the JVM in the image; an archive of classes fits only there. */
    static List<String> imageFlags() throws IOException {
        return Files.readAllLines(Path.of("src/runtime/server.flags")).stream()
                .filter(line -> line.startsWith("-X"))
                .toList();
    }

    /** Starts the jar and waits until it is ready. */
    static AttackedServer start(List<String> flags, Credentials credentials, List<String> options) throws Exception {
        return start(FreePort.find(), flags, credentials, options);
    }

    /** Starts the jar on a port and waits until it is ready. */
    static AttackedServer start(int port, List<String> flags, Credentials credentials, List<String> options)
            throws Exception {
        int management = FreePort.find();
        List<String> command = java(flags);
        Collections.addAll(command, "-jar", jar(), "serve", "--host", "127.0.0.1");
        Collections.addAll(command, "--port", Integer.toString(port));
        Collections.addAll(command, "--management-port", Integer.toString(management));
        command.addAll(credentials.serverOptions());
        command.addAll(options);
        return awaitReady(new AttackedServer(command, port, management));
    }

    /** Starts a bare Undertow and waits until it is ready. */
    static AttackedServer startBare(Credentials credentials) throws Exception {
        return startBare(FreePort.find(), credentials);
    }

    /** Starts a bare Undertow on a port and waits until it is ready. */
    static AttackedServer startBare(int port, Credentials credentials) throws Exception {
        int management = FreePort.find();
        List<String> command = java(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:ActiveProcessorCount=2"));
        Path classes = Path.of(BareUndertow.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Collections.addAll(command, "-cp", jar() + File.pathSeparator + classes, BareUndertow.class.getName());
        Collections.addAll(command, Integer.toString(port), Integer.toString(management), credentials.folder());
        return awaitReady(new AttackedServer(command, port, management));
    }

    private static List<String> java(List<String> flags) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        return command;
    }

    private static AttackedServer awaitReady(AttackedServer server) throws Exception {
        try {
            Conditions.await("the server is ready", () -> {
                if (!server.isAlive()) {
                    throw new IOException("the server ended: " + server.output());
                }
                return server.probe("/readyz");
            });
            return server;
        } catch (Exception | Error failed) {
            server.close();
            throw failed;
        }
    }

    private void readErrors() {
        byte[] buffer = new byte[8_192];
        try (InputStream errors = process.getErrorStream();
                OutputStream out = Files.newOutputStream(log, StandardOpenOption.APPEND)) {
            for (int count = errors.read(buffer); count >= 0; count = errors.read(buffer)) {
                out.write(buffer, 0, count);
                mayRead.acquireUninterruptibly();
                mayRead.release();
            }
        } catch (IOException ended) {
            // Of a process that was killed.
        }
    }

    /** Reads no standard error until {@link #readOn}. */
    void stopReading() {
        mayRead.acquireUninterruptibly();
    }

    void readOn() {
        mayRead.release();
    }

    int port() {
        return port;
    }

    int managementPort() {
        return management;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether the management port answers 200 within the second that a kubelet waits. */
    boolean probe(String path) {
        try {
            return manage(path, PATIENCE_MILLIS).startsWith("HTTP/1.1 200");
        } catch (IOException silent) {
            return false;
        }
    }

    /** The value of a metric without labels. */
    String metric(String name) throws IOException {
        return manage("/metrics", METRICS_MILLIS)
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .findFirst()
                .orElseThrow();
    }

    private String manage(String path, int millis) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(millis);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), management), millis);
            String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** Resident memory in KiB as Linux tells it; 0 where nothing tells. */
    long resident() {
        return status("VmRSS:");
    }

    /** The number of threads as Linux tells it; 0 where nothing tells. */
    long threads() {
        return status("Threads:");
    }

    /** The number of open files and sockets as Linux tells it. */
    long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            return open.count();
        }
    }

    /** What is left on the heap after a collection, in KiB. */
    long heapAfterCollection() throws IOException, InterruptedException {
        jcmd("GC.run");
        return USED.matcher(jcmd("GC.heap_info"))
                .results()
                .mapToLong(used -> Long.parseLong(used.group(1)))
                .sum();
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return Program.run(List.of(jcmd, Long.toString(process.pid()), command), new byte[0], Map.of())
                .out();
    }

    private long status(String name) {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException ended) {
            return 0;
        }
    }

    String output() throws IOException {
        return Program.read(log);
    }

    /** Lines of stack traces, or about memory that ran out, that were logged since the last call. */
    List<String> newTraces() throws IOException {
        try (InputStream in = Files.newInputStream(log)) {
            in.skipNBytes(traced);
            byte[] more = in.readAllBytes();
            traced += more.length;
            return TRACE.matcher(new String(more, StandardCharsets.UTF_8))
                    .results()
                    .map(MatchResult::group)
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(log);
    }
}
