package io.imagegate.cli;

import io.imagegate.TestProvider;
import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.Identity;
import io.imagegate.server.tls.PemFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Other programs, and the built jar as one: started, waited for, and never left behind. */
public final class Program {

    private static final int PATIENCE_SECONDS = 900;
    private static final Duration VALIDITY = Duration.ofDays(365);

    private Program() {}

    /** What a program left: its exit status and what it wrote. */
    public record Result(int status, String out, String err) {}

    /** The built jar as a process that lives for seconds, which earn back little of what compilers cost. */
    static List<String> imagegate(String... arguments) {
        return imagegate(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=4"), arguments);
    }

    /** The built jar with a small heap, to which tests send much: encryption is slow without the optimizing compiler. */
    static List<String> imagegateWithHeap(int mebibytes, String... arguments) {
        return imagegate(List.of("-Xmx" + mebibytes + "m"), arguments);
    }

    private static List<String> imagegate(List<String> more, String... arguments) {
        List<String> flags = new ArrayList<>(ClassArchive.flags());
        flags.addAll(more);
        return java(flags, arguments);
    }

    /** The built jar, in a JVM with these flags, with the provider of cryptography that image and packages have. */
    static List<String> java(List<String> flags, String... arguments) {
        return TestProvider.isWanted() ? withProvider(flags, arguments) : alone(flags, arguments);
    }

    /** The built jar beside the provider. */
    static List<String> withProvider(List<String> flags, String... arguments) {
        List<String> more = new ArrayList<>(LaidOutProvider.flags());
        more.addAll(flags);
        return command(more, LaidOutProvider.launch(), arguments);
    }

    /** The built jar as users of a JDK start it. */
    static List<String> alone(List<String> flags, String... arguments) {
        return command(flags, List.of("-jar", setting("imagegate.jar")), arguments);
    }

    private static List<String> command(List<String> flags, List<String> launch, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(flags);
        command.addAll(launch);
        command.addAll(List.of(arguments));
        return command;
    }

    /** A command line with more flags of the JVM, which override its other ones. */
    static List<String> withFlags(List<String> command, String... flags) {
        List<String> changed = new ArrayList<>(command);
        changed.addAll(Math.max(command.indexOf("-cp"), command.indexOf("-jar")), List.of(flags));
        return changed;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** An authority, a server's certificate and a client's, named as {@code certs} names them, for the loopback interface. */
    public static void makeCertificates(Path folder) throws IOException {
        Files.createDirectories(folder);
        Authority authority = Authority.create("imagegate CA", Instant.now(), VALIDITY);
        write(authority.identity(), folder, "ca");
        write(authority.server(List.of(Host.parse("127.0.0.1"), Host.parse("localhost")), VALIDITY), folder, "webhook");
        write(authority.client("kube-apiserver", VALIDITY), folder, "apiserver-client");
        write(authority.client("other-apiserver", VALIDITY), folder, "other-client");
    }

    private static void write(Identity identity, Path folder, String name) throws IOException {
        PemFiles.writeCertificates(identity, folder.resolve(name + ".pem"));
        PemFiles.writeKey(identity, folder.resolve(name + "-key.pem"));
    }

    public static Result run(List<String> command) throws IOException, InterruptedException {
        return run(command, new byte[0], Map.of());
    }

    public static Result run(List<String> command, byte[] input, Map<String, String> environment)
            throws IOException, InterruptedException {
        return run(new ProcessBuilder(command), input, environment);
    }

    /** Runs it in a folder. */
    static Result run(List<String> command, Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        return run(new ProcessBuilder(command).directory(folder.toFile()), new byte[0], environment);
    }

    private static Result run(ProcessBuilder builder, byte[] input, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("imagegate-", ".out");
        Path err = Files.createTempFile("imagegate-", ".err");
        builder.environment().putAll(environment);
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            } catch (IOException closed) {
                // A program that stops early does not read all; its status and output tell why.
            }
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("still running after " + PATIENCE_SECONDS + " s: " + builder.command());
            }
            return new Result(process.exitValue(), read(out), read(err));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }

    public static String setting(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }

    public static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
