package io.imagegate.registry.authentication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.imagegate.registry.content.Failure;
import io.imagegate.registry.host.HostNames;
import io.imagegate.time.TimeSource;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs a {@code docker-credential-NAME}. Thread-safe; no thread waits for it: what it prints stays in the pipe until it has
 * ended, and one that prints more than the pipe holds is killed after five seconds.
 */
public final class CredentialHelper implements SecretSource {

    private static final String PREFIX = "docker-credential-";
    private static final String NAME = "[a-z0-9][a-z0-9._-]{0,63}";
    private static final long SECONDS = 5;
    private static final int LIMIT = 64 << 10;
    private static final int HOSTS = 1_000;

    private final Path program;
    private final Map<String, String> environment;
    private final Cache<String, HelperAnswer> known = Caffeine.newBuilder()
            .maximumSize(HOSTS)
            .expireAfter(Expiry.creating((String host, HelperAnswer answer) -> answer.period()))
            .build();
    private final Map<String, CompletableFuture<HelperAnswer>> running = new ConcurrentHashMap<>();

    public CredentialHelper(Path program, Map<String, String> environment) {
        this.program = program;
        this.environment = environment;
    }

    /** {@return the program on a PATH} */
    public static Path find(String name, String path) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("helper: expected a name such as ecr-login, got " + Failure.shown(name));
        }
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, PREFIX + name).toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "helper: no program " + PREFIX + name + " is on the PATH, expected it to be installed"));
    }

    @Override
    public CompletableFuture<Optional<Secret>> find(String host) {
        HelperAnswer answer = known.getIfPresent(host);
        return answer == null
                ? running.computeIfAbsent(host, this::run).thenApply(HelperAnswer::secret)
                : CompletableFuture.completedFuture(answer.secret());
    }

    private CompletableFuture<HelperAnswer> run(String host) {
        return CompletableFuture.supplyAsync(() -> start(host))
                .thenCompose(process -> TimeSource.system()
                        .failAfter(process.onExit(), Duration.ofSeconds(SECONDS))
                        .handle((ended, thrown) -> {
                            if (thrown != null) {
                                end(process);
                                throw Failure.undecidable(
                                        program.getFileName() + " did not end within " + SECONDS + " s");
                            }
                            return read(ended);
                        }))
                .whenCompleteAsync((answer, thrown) -> {
                    if (thrown == null) {
                        known.put(host, answer);
                    }
                    running.remove(host);
                });
    }

    private Process start(String host) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(program.toString(), "get").redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            write(process, host.equals(HostNames.DOCKER_HUB) ? "https://index.docker.io/v1/" : host);
            return process;
        } catch (IOException e) {
            throw Failure.undecidable(
                    program.getFileName() + " does not run: " + Failure.shown(String.valueOf(e.getMessage())));
        }
    }

    private static void write(Process process, String server) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(server.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without reading; what it printed counts.
        }
    }

    /** Ends what still runs, with what it started. */
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private HelperAnswer read(Process process) {
        return HelperAnswer.read(
                String.valueOf(program.getFileName()),
                process.exitValue(),
                output(process),
                TimeSource.system().instant());
    }

    private byte[] output(Process process) {
        try (InputStream out = process.getInputStream()) {
            return out.readNBytes(Math.min(out.available(), LIMIT));
        } catch (IOException e) {
            throw Failure.undecidable(program.getFileName() + " printed nothing that can be read");
        }
    }
}
