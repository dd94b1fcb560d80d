package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A user who asks for pods without a pause, half of them with an image that the policy denies. Nothing is created. */
final class Admissions implements AutoCloseable {

    private static final int PODS = 20;

    private final Path folder;
    private final Process user;

    private Admissions(Path folder, Process user) {
        this.folder = folder;
        this.user = user;
    }

    static Admissions start(Cluster cluster, Path folder) throws IOException {
        StringBuilder pods = new StringBuilder();
        IntStream.range(0, PODS).forEach(i -> pods.append("""
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: asked-%d, namespace: default}
                spec: {containers: [{name: app, image: "127.0.0.1:5000/app:%s"}]}
                """.formatted(i, i % 2 == 0 ? "1" : "latest")));
        Files.writeString(folder.resolve("pods.yaml"), pods);
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        "-c",
                        "while [ ! -e stop ]; do kubectl create --dry-run=server -f pods.yaml; echo round; done")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("answers.txt").toFile());
        builder.environment().putAll(cluster.environment());
        return new Admissions(folder, builder.start());
    }

    /** Every pod got the answer that the policy gives, however the webhook's own pods came and went. */
    void stopAndExpectEveryAnswer() throws IOException, InterruptedException {
        Files.createFile(folder.resolve("stop"));
        assertThat(user.waitFor(5, TimeUnit.MINUTES)).isTrue();
        List<String> lines = Files.readAllLines(folder.resolve("answers.txt"));
        long rounds = lines.stream().filter("round"::equals).count();
        List<String> created = lines.stream()
                .filter(line -> line.endsWith(" created (server dry run)"))
                .toList();
        List<String> denied = lines.stream()
                .filter(line -> line.contains("denied the request: image "))
                .toList();
        System.out.println(
                rounds * PODS + " pods asked for: " + created.size() + " admitted, " + denied.size() + " denied");
        List<String> others = lines.stream()
                .filter(line -> !line.equals("round") && !created.contains(line) && !denied.contains(line))
                .toList();
        assertThat(others).isEmpty();
        assertThat(rounds).isPositive();
        assertThat(created).hasSize((int) rounds * PODS / 2);
        assertThat(denied).hasSize((int) rounds * PODS / 2);
    }

    @Override
    public void close() {
        user.descendants().forEach(ProcessHandle::destroyForcibly);
        user.destroyForcibly();
    }
}
