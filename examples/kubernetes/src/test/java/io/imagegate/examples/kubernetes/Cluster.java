package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import io.imagegate.SharedPrograms;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real cluster of one node, started by a script beside this repository and ended with it. There is one at a time on a
 * machine: starting another waits for the end of the first.
 */
final class Cluster implements AutoCloseable {

    /** Not a folder of JUnit's, which would warn about each link in the root file systems of pods. */
    private static final Path FOLDER = Manifests.FOLDER.resolve("target/cluster");

    /** Patches that let a control plane of kubeadm restart sooner, where a test has none of its own. */
    private static final Path PATCHES = Manifests.FOLDER.resolve("src/test/resources/kubeadm");

    /** Longer than any test, so that a cluster ends even when the tests were killed. */
    private static final String LONGEST_SECONDS = "1800";

    private static final int START_SECONDS = 300;

    /** What the node says of itself, in its folder, where a test fails: a few lines of each. */
    private static final String STATE = """
            exec 2>&1
            node() { timeout 10 crictl -r "unix://$PWD/containerd.sock" "$@"; }
            echo "== $(date -u +%T) $(uptime) $(df --output=avail,pcent . | tail -1)"
            echo '== pods'
            timeout 10 kubectl get pods --all-namespaces -o wide
            timeout 10 kubectl get events --all-namespaces --sort-by=.lastTimestamp | tail -20
            echo '== containers'
            node ps -a
            for id in $(node ps -a -q | head -12); do
              echo "== $id"
              node logs --tail 5 "$id"
            done
            echo '== images'
            grep -E 'PullImage|level=(warning|error)' containerd.log | tail -20
            echo '== kubelet'
            grep '^[EWF]' kubelet.log | tail -30
            """;

    private static final int LONGEST_LINE = 400;

    private final FileChannel turn;
    private final Path printed;
    private final Process script;
    private final String path;

    private Cluster(FileChannel turn, Path printed, Process script, String path) {
        this.turn = turn;
        this.printed = printed;
        this.script = script;
        this.path = path;
    }

    /** Starts a cluster by that script; leaves the test out where that is not possible. */
    static Cluster start(String name) throws IOException, InterruptedException {
        return start(name, Map.of());
    }

    /** Starts a cluster by that script with these settings. */
    static Cluster start(String name, Map<String, String> settings) throws IOException, InterruptedException {
        Path script = Machine.needsShared("tools/" + name);
        Machine.needsRoot();
        Machine.needs("docker-registry", "skopeo", "runc", "busybox", "ip", "python3", "curl", "openssl", "jq", "xz");
        String path = Machine.pathAfter(SharedPrograms.all());
        FileChannel turn = FileChannel.open(
                Path.of(System.getProperty("java.io.tmpdir"), "imagegate-cluster.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        turn.lock();
        removeLeftovers();
        Path printed = Files.createTempFile("imagegate-cluster-", ".txt");
        ProcessBuilder builder = new ProcessBuilder(
                        "timeout", "--foreground", LONGEST_SECONDS, "bash", script.toString(), FOLDER.toString())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.environment().put("PATH", path);
        builder.environment().put("PATCHES", PATCHES.toString());
        builder.environment().putAll(settings);
        Cluster cluster = new Cluster(turn, printed, builder.start(), path);
        try {
            cluster.awaitReady();
        } catch (Throwable failed) {
            cluster.close();
            throw failed;
        }
        return cluster;
    }

    /**
     * Removes the files of a cluster that has ended, and network namespaces of pods that it could not end any more: the
     * next cluster gives its pods the same addresses.
     */
    private static void removeLeftovers() throws IOException {
        Process removed = new ProcessBuilder("bash", "-c", """
                rm -rf target/cluster
                for namespace in $(ip netns list | grep -o '^cni-[^ ]*'); do
                  if ip -n "$namespace" -4 -br address | grep -q ' 198[.]18[.]89[.]'; then ip netns delete "$namespace"; fi
                done""")
                .directory(Manifests.FOLDER.toFile())
                .inheritIO()
                .start();
        assertThat(removed.onExit().join().exitValue()).isZero();
    }

    /** Deletes a folder with what is in it, if it is there. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (Files.readAllLines(printed).stream().noneMatch("ready"::equals)) {
            if (!script.isAlive() || System.nanoTime() > end) {
                throw new AssertionError(
                        "the cluster did not start; it printed:\n" + Files.readString(printed) + state());
            }
            Thread.sleep(100);
        }
        System.out.printf("the cluster is ready (%.1f s)%n", (System.nanoTime() - begin) / 1e9);
    }

    /** What its script says to set, and where its programs are. */
    Map<String, String> environment() throws IOException {
        return Map.of("KUBECONFIG", kubeconfig().orElseThrow(), "PATH", path);
    }

    private Optional<String> kubeconfig() throws IOException {
        String export = "export KUBECONFIG=";
        return Files.readAllLines(printed).stream()
                .filter(line -> line.startsWith(export))
                .map(line -> line.substring(export.length()))
                .findFirst();
    }

    /** Where its registry keeps images. */
    Path registry() {
        return FOLDER.resolve("registry");
    }

    /** Runs commands as a user of the cluster, who stands in that folder. They may fail. */
    Command.Result run(Path folder, String commands) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Command.Result result = Command.run(folder, environment(), List.of("bash", "-euo", "pipefail", "-c", commands));
        System.out.printf("$ %s%n%s(%.1f s)%n%n", commands.strip(), result.output(), (System.nanoTime() - start) / 1e9);
        return result;
    }

    /** Runs commands that have to succeed. */
    String succeed(Path folder, String commands) throws IOException, InterruptedException {
        return run(folder, commands, 0);
    }

    /** Runs commands that have to fail. */
    String fail(Path folder, String commands) throws IOException, InterruptedException {
        return run(folder, commands, 1);
    }

    /** Takes a step of a page, which has to print what the page says, if it says anything. */
    void take(Path folder, Tutorial.Step step) throws IOException, InterruptedException {
        String output = run(folder, step.commands(), step.output().startsWith("Error ") ? 1 : 0);
        if (!step.output().isEmpty()) {
            assertThat(output).isEqualTo(step.output());
        }
    }

    private String run(Path folder, String commands, int status) throws IOException, InterruptedException {
        Command.Result result = run(folder, commands);
        if (result.status() != status) {
            throw new AssertionError("expected status %d, got %d of %s%n%s%s"
                    .formatted(status, result.status(), commands, result.output(), state()));
        }
        return result.output();
    }

    private String state() throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(Map.of("PATH", path));
        kubeconfig().ifPresent(file -> environment.put("KUBECONFIG", file));
        return Command.run(FOLDER, environment, List.of("bash", "-c", STATE))
                .output()
                .lines()
                .map(line -> line.substring(0, Math.min(line.length(), LONGEST_LINE)) + "\n")
                .collect(Collectors.joining());
    }

    /** Ends the registry at the address of the node, which only pods use. */
    void stopRegistryOfPods() {
        List<ProcessHandle> registries = script.descendants()
                .filter(process -> process.info()
                        .arguments()
                        .filter(words -> List.of(words).contains("registry-pods.yml"))
                        .isPresent())
                .toList();
        assertThat(registries).hasSize(1);
        registries.forEach(registry -> {
            registry.destroyForcibly();
            registry.onExit().join();
        });
    }

    /** Ends the script, which ends whatever it started. */
    @Override
    public void close() throws IOException {
        try {
            script.destroy();
            script.onExit().orTimeout(1, TimeUnit.MINUTES).join();
        } finally {
            script.descendants().forEach(ProcessHandle::destroyForcibly);
            script.destroyForcibly();
            Files.delete(printed);
            removeLeftovers();
            turn.close();
        }
    }
}
