package io.imagegate.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.time.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts one program at a time without a shell: in a network without interfaces, with a folder as the whole file system, as nobody,
 * and within limits. Programs are copied into that folder, which has no other. Not thread-safe.
 */
final class Confinement {

    /** Longest output; what is longer is no output. */
    private static final int LONGEST = 64 << 20;

    private static final int LONGEST_ERROR = 1 << 20;
    private static final int SHOWN_ERROR = 1_000;
    private static final TimeSource TIME = TimeSource.system();
    private static final long MEMORY = 3L << 30;

    /** How long all programs of a run may take together. */
    private static final Duration TOGETHER = Duration.ofMinutes(10);

    /** What is left of a process that is killed ends within this time. */
    private static final Duration GONE = Duration.ofSeconds(5);

    private static final List<String> NAMESPACES = List.of(
            "--user",
            "--map-user=65534",
            "--map-group=65534",
            "--net",
            "--pid",
            "--ipc",
            "--uts",
            "--fork",
            "--kill-child");

    private final RenderSettings settings;
    private final RepositoryCopy copy;
    /** Of the run alone, below the root: programs and empty folders. */
    private final Path own;

    private final Map<String, String> environment = new HashMap<>();
    private Duration left = TOGETHER;
    private volatile @Nullable Process running;

    /** What a program wrote, and its exit status. */
    static final class Output {

        private final int status;
        private final byte[] text;
        private final String error;

        private Output(int status, byte[] text, String error) {
            this.status = status;
            this.text = text;
            this.error = error;
        }

        int status() {
            return status;
        }

        InputStream text() {
            return new ByteArrayInputStream(text);
        }

        /** {@return the text in one line} */
        String line() {
            return new String(text, UTF_8).strip();
        }

        String error() {
            return error.strip();
        }
    }

    private Confinement(RenderSettings settings, RepositoryCopy copy, Path own) {
        this.settings = settings;
        this.copy = copy;
        this.own = own;
    }

    /**
     * Prepares it.
     *
     * @param name a name that no folder of the copy has
     * @throws IOException if the operating system does not allow it
     */
    static Confinement open(RenderSettings settings, RepositoryCopy copy, String name) throws IOException {
        Confinement opened = new Confinement(
                settings, copy, Files.createDirectory(copy.root().resolve(name)));
        opened.fillEnvironment();
        if (settings.isConfined()) {
            opened.probe();
        }
        return opened;
    }

    private void fillEnvironment() throws IOException {
        Path empty = Files.createDirectory(own.resolve("empty"));
        String folder = inside(empty);
        for (String name : List.of(
                "HOME",
                "PATH",
                "TMPDIR",
                "XDG_CACHE_HOME",
                "XDG_CONFIG_HOME",
                "XDG_DATA_HOME",
                "DOCKER_CONFIG",
                "HELM_CACHE_HOME",
                "HELM_CONFIG_HOME",
                "HELM_DATA_HOME",
                "HELM_PLUGINS",
                "HELM_REPOSITORY_CACHE",
                "KUSTOMIZE_PLUGIN_HOME")) {
            environment.put(name, folder);
        }
        environment.put("KUBECONFIG", inside(empty.resolve("kubeconfig")));
        for (String name : List.of("HTTP_PROXY", "HTTPS_PROXY")) {
            environment.put(name, "http://127.0.0.1:9");
        }
        environment.put("GOMEMLIMIT", Long.toString(MEMORY / 3));
    }

    private void probe() throws IOException {
        String unshare = required("unshare").toString();
        List<String> command = new ArrayList<>(limits());
        command.add(unshare);
        command.addAll(NAMESPACES);
        command.addAll(List.of("--", unshare, "--version"));
        Output output = run(command, own);
        if (output.status() != 0) {
            throw new UnconfinedException("this system does not let programs be confined: " + output.error());
        }
    }

    /** {@return a path as the program sees it} */
    String inside(Path path) {
        return settings.isConfined() ? "/" + copy.root().relativize(path) : path.toString();
    }

    Path own() {
        return own;
    }

    /** {@return where a program is, which may be a link; empty if it is not on the search path, or only in what is rendered} */
    Optional<Path> find(String program) {
        return Stream.of(settings.searchPath().split(File.pathSeparator))
                .flatMap(Confinement::folder)
                .map(folder -> folder.resolve(program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .filter(this::isElsewhere)
                .findFirst();
    }

    private static Stream<Path> folder(String entry) {
        try {
            return Stream.of(Path.of(entry)).filter(Path::isAbsolute);
        } catch (InvalidPathException none) {
            return Stream.empty();
        }
    }

    /** {@return whether the repository has no part in a program} */
    private boolean isElsewhere(Path file) {
        try {
            return !Files.exists(copy.of(file)) && !Files.exists(copy.of(file.toRealPath()));
        } catch (IOException gone) {
            return false;
        }
    }

    private Path required(String program) throws IOException {
        return find(program)
                .orElseThrow(() ->
                        new UnconfinedException("programs cannot be confined: expected " + program + " on the PATH"));
    }

    /**
     * Runs a program.
     *
     * @param program its name
     * @param arguments its arguments
     * @param folder where it works, in the copy
     * @throws IOException if it cannot be run, takes too long or writes too much
     */
    Output run(String program, List<String> arguments, Path folder) throws IOException {
        Path found = find(program).orElseThrow(() -> new IOException("expected " + program + " on the PATH"));
        List<String> command = new ArrayList<>();
        if (settings.isConfined()) {
            Path copied = own.resolve(program);
            if (Files.notExists(copied)) {
                Files.copy(found, copied);
                Files.setPosixFilePermissions(copied, Files.getPosixFilePermissions(found));
            }
            command.addAll(limits());
            command.add(required("unshare").toString());
            command.addAll(NAMESPACES);
            command.addAll(List.of("--root=" + copy.root(), "--wd=" + inside(folder), "--", inside(copied)));
        } else {
            command.add(found.toString());
        }
        command.addAll(arguments);
        Output output = run(command, folder);
        if (settings.isConfined() && output.status() == 127) {
            throw new UnconfinedException(
                    program + " cannot be started where there is no other file: expected the static program"
                            + " that its project publishes");
        }
        return output;
    }

    private List<String> limits() throws IOException {
        return List.of(
                required("prlimit").toString(),
                "--as=" + MEMORY,
                "--cpu=" + Math.max(1, settings.limit().toSeconds()),
                "--fsize=" + (1 << 20),
                "--nofile=1024",
                "--core=0",
                "--");
    }

    private Output run(List<String> command, Path folder) throws IOException {
        long start = TIME.nanos();
        Duration limit = left.compareTo(settings.limit()) < 0 ? left : settings.limit();
        if (limit.isNegative()) {
            throw new IOException("all that is rendered took " + TOGETHER.toMinutes() + " minutes");
        }
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        running = process;
        try {
            process.getOutputStream().close();
            CompletableFuture<byte[]> text = reading(process.getInputStream(), process, LONGEST);
            CompletableFuture<byte[]> error = reading(process.getErrorStream(), process, LONGEST_ERROR);
            byte[] read = text.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            String told = new String(error.get(GONE.toMillis(), TimeUnit.MILLISECONDS), UTF_8);
            int status =
                    process.onExit().get(GONE.toMillis(), TimeUnit.MILLISECONDS).exitValue();
            if (read.length > LONGEST || told.length() > LONGEST_ERROR) {
                throw new IOException("more than " + (LONGEST >> 20) + " MiB of output");
            }
            return new Output(status, read, told.substring(0, Math.min(told.length(), SHOWN_ERROR)));
        } catch (TimeoutException late) {
            throw new IOException("longer than " + limit.toSeconds() + " s");
        } catch (ExecutionException broken) {
            throw new IOException("its output cannot be read");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        } finally {
            end(process);
            left = left.minus(TIME.since(start));
        }
    }

    /** Ends the program that runs, if one does. */
    void end() {
        Process process = running;
        if (process != null) {
            end(process);
        }
    }

    /** Ends a process and what it started: in a namespace they are killed with the first of them. */
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static CompletableFuture<byte[]> reading(InputStream in, Process process, int longest) {
        CompletableFuture<byte[]> read = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    ByteArrayOutputStream text = new ByteArrayOutputStream();
                    byte[] buffer = new byte[1 << 16];
                    try (in) {
                        for (int n = in.read(buffer); n >= 0 && text.size() <= longest; n = in.read(buffer)) {
                            text.write(buffer, 0, n);
                        }
                    } catch (IOException ended) {
                        read.completeExceptionally(ended);
                    }
                    if (text.size() > longest) {
                        end(process);
                    }
                    read.complete(text.toByteArray());
                },
                "rendering");
        reader.setDaemon(true);
        reader.start();
        return read;
    }
}
