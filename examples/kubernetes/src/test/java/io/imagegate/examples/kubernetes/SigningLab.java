package io.imagegate.examples.kubernetes;

import io.imagegate.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Beside a cluster: a sigstore made of the real servers, and the registry of the cluster for readers with a password. */
final class SigningLab implements AutoCloseable {

    /** Where pods reach the registry. */
    static final String REGISTRY = "198.18.88.1:5001";

    static final String ISSUER = "http://127.0.0.1:15070";

    private static final Path SIGSTORE = Manifests.FOLDER
            .resolve("../../adapter-undertow/cli/src/test/lab/sigstore.sh")
            .normalize();
    private static final Path FILES = Manifests.FOLDER.resolve("src/test/resources/signatures");

    /** Longer than any test, so that it ends even when the tests were killed. */
    private static final String LONGEST_SECONDS = "600";

    private static final int START_SECONDS = 300;

    private final Path folder;
    private final Process script;

    private SigningLab(Path folder, Process script) {
        this.folder = folder;
        this.script = script;
    }

    /** Leaves the test out where it cannot be started. */
    static void needsItsPrograms() {
        Machine.needsRoot();
        Machine.needs("node", "openssl", "curl", "docker-registry", "timeout");
        Machine.needs(Machine.Library.NODE_MODULES);
    }

    static SigningLab start(Cluster cluster) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("imagegate-lab-");
        Path printed = folder.resolve("printed");
        ProcessBuilder builder = new ProcessBuilder(
                        "timeout",
                        "--foreground",
                        LONGEST_SECONDS,
                        "bash",
                        FILES.resolve("lab.sh").toString(),
                        folder.toString(),
                        cluster.registry().toString(),
                        SIGSTORE.toString(),
                        ISSUER.substring(ISSUER.lastIndexOf(':') + 1))
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().putAll(cluster.environment());
        builder.environment()
                .put("NODE_PATH", Machine.Library.NODE_MODULES.place().toString());
        SigningLab lab = new SigningLab(folder, builder.start());
        try {
            lab.awaitReady(printed);
        } catch (Throwable failed) {
            lab.close();
            throw failed;
        }
        return lab;
    }

    private void awaitReady(Path printed) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (Files.readAllLines(printed).stream().noneMatch("ready"::equals)) {
            if (!script.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("the sigstore did not start; it printed:\n" + Files.readString(printed));
            }
            Thread.sleep(100);
        }
    }

    /** What those who verify need. */
    byte[] trustedRoot() throws IOException {
        return Files.readAllBytes(folder.resolve("sigstore/trusted-root.json"));
    }

    /** Makes keys and signed images, by {@code images.sh}, in the folder of the example. */
    void makeImages(Cluster cluster, Path example) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(cluster.environment());
        environment.put("ISSUER", ISSUER);
        environment.put("SIGSTORE", folder.resolve("sigstore").toString());
        Command.Result result = Command.run(
                example,
                environment,
                List.of("bash", "-euo", "pipefail", FILES.resolve("images.sh").toString()));
        if (result.status() != 0) {
            throw new AssertionError(result.output());
        }
    }

    /** Ends the script, which ends whatever it started. */
    @Override
    public void close() throws IOException {
        List<ProcessHandle> started = script.descendants().toList();
        try {
            script.destroy();
            script.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        } finally {
            started.forEach(ProcessHandle::destroyForcibly);
            script.destroyForcibly();
            new ProcessBuilder("rm", "-rf", folder.toString()).start().onExit().join();
        }
    }
}
