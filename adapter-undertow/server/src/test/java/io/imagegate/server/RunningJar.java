package io.imagegate.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built jar, serving. */
final class RunningJar implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern URL = Pattern.compile("https://[^ ;\n]+/image_policy(?=[ ;\n].*)");

    private final Process process;
    private final Path output;
    private final String url;

    private RunningJar(Process process, Path output, String url) {
        this.process = process;
        this.output = output;
        this.url = url;
    }

    /** Serves on a free loopback port with what {@code certs} wrote into a folder. */
    static RunningJar serve(Path certificates, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("serve", "--host", "127.0.0.1", "--port", "0"));
        arguments.addAll(
                List.of("--tls-cert", certificates.resolve("webhook.pem").toString()));
        arguments.addAll(
                List.of("--tls-key", certificates.resolve("webhook-key.pem").toString()));
        arguments.addAll(List.of(more));
        return start(arguments.toArray(String[]::new));
    }

    static RunningJar start(String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile("imagegate-", ".log");
        Process process = new ProcessBuilder(Program.imagegate(arguments))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            return new RunningJar(process, output, awaitUrl(process, output));
        } catch (IOException | InterruptedException | RuntimeException failed) {
            process.destroyForcibly();
            throw failed;
        }
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

    /** Where it answers reviews. */
    String url() {
        return url;
    }

    int port() {
        return java.net.URI.create(url).getPort();
    }

    /** What it has written until now. */
    String output() throws IOException {
        return Program.read(output);
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
