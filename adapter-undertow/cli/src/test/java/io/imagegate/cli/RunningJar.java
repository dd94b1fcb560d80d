package io.imagegate.cli;

import io.imagegate.FreePort;
import io.imagegate.server.Conditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The built jar, serving. */
public final class RunningJar extends RunningServer {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern MANAGEMENT = Pattern.compile("probes and metrics: (http://[^\\s\"]+)");
    private static final Pattern URL = Pattern.compile("https://[^ ;\n]+/image_policy(?=[/ ;\n].*)");

    private final Process process;
    private final Path output;

    private RunningJar(Process process, Path output, String url, @Nullable String management) {
        super(url, management);
        this.process = process;
        this.output = output;
    }

    /** Serves on a free loopback port with what {@code certs} wrote into a folder. */
    static RunningJar serve(Path certificates, String... more) throws IOException, InterruptedException {
        return start(arguments(certificates, more));
    }

    /** Has a management port, too. */
    static RunningJar serveManaged(Path certificates, String... more) throws IOException, InterruptedException {
        return start(managed(arguments(certificates, more)));
    }

    /** Has a management port and a heap of so many MiB. */
    static RunningJar serveWithHeap(int mebibytes, Path certificates, String... more)
            throws IOException, InterruptedException {
        return start(Program.imagegateWithHeap(mebibytes, managed(arguments(certificates, more))));
    }

    /** How it is started with a management port. */
    static List<String> command(Path certificates, String... more) {
        return Program.imagegate(managed(arguments(certificates, more)));
    }

    static String[] arguments(Path certificates, String... more) {
        List<String> arguments = new ArrayList<>(List.of("serve", "--host", "127.0.0.1"));
        arguments.addAll(
                List.of("--tls-cert", certificates.resolve("webhook.pem").toString()));
        arguments.addAll(
                List.of("--tls-key", certificates.resolve("webhook-key.pem").toString()));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--port")) {
            arguments.addAll(List.of("--port", "0"));
        }
        return arguments.toArray(String[]::new);
    }

    static String[] managed(String... arguments) {
        List<String> managed = new ArrayList<>(List.of(arguments));
        managed.addAll(List.of("--management-port", "0"));
        return managed.toArray(String[]::new);
    }

    static RunningJar start(String... arguments) throws IOException, InterruptedException {
        return start(Program.imagegate(arguments));
    }

    static RunningJar start(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("imagegate-", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            String url = awaitUrl(process, output);
            Matcher management = MANAGEMENT.matcher(Program.read(output));
            return new RunningJar(process, output, url, management.find() ? management.group(1) : null);
        } catch (IOException | InterruptedException | RuntimeException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    /** Serves where it can write no line; waits until it is ready. */
    static RunningJar serveOnAFullDisk(Path certificates, String... more) throws Exception {
        return serveUnseen(certificates, List.of("sh", "-c", "exec \"$@\" > /dev/full 2>&1", "sh"), more);
    }

    /** Serves with a pipe as standard output and error that nobody reads; waits until it is ready. */
    static RunningJar serveUnread(Path certificates, String... more) throws Exception {
        return serveUnseen(certificates, List.of(), more);
    }

    /** Its ports must be known before, for they cannot be read from a line. */
    private static RunningJar serveUnseen(Path certificates, List<String> launcher, String... more) throws Exception {
        int port = FreePort.find();
        int management = FreePort.find();
        List<String> command = new ArrayList<>(launcher);
        List<String> options = new ArrayList<>(List.of(more));
        options.addAll(List.of("--port", Integer.toString(port), "--management-port", Integer.toString(management)));
        command.addAll(Program.imagegate(arguments(certificates, options.toArray(String[]::new))));
        RunningJar server = new RunningJar(
                new ProcessBuilder(command).redirectErrorStream(true).start(),
                Files.createTempFile("imagegate-", ".log"),
                "https://127.0.0.1:" + port + "/image_policy",
                "http://127.0.0.1:" + management);
        Conditions.await("ready", server::isReady);
        return server;
    }

    private static String awaitUrl(Process process, Path output) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && process.isAlive()) {
            Matcher found = URL.matcher(Program.read(output));
            if (found.find()) {
                return found.group();
            }
            Thread.sleep(20);
        }
        throw new IOException("does not serve: " + Program.read(output));
    }

    /** SIGTERM. */
    void askToEnd() {
        process.destroy();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    int exitStatus() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("did not end: " + output());
        }
        return process.exitValue();
    }

    long processId() {
        return process.pid();
    }

    /** What it has written until now. */
    String output() throws IOException {
        return Program.read(output);
    }

    /** Waits until it has written all of these: a line comes a moment after the answer or the metric that it is about. */
    void awaitOutput(String... parts) throws Exception {
        Conditions.await("written: " + List.of(parts), () -> {
            String written = output();
            return Stream.of(parts).allMatch(written::contains);
        });
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(output);
    }
}
