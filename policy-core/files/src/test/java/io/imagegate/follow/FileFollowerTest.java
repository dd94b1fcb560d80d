package io.imagegate.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.time.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileFollowerTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTime time = new ManualTime("2026-11-26T00:00:00Z");
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @TempDir
    Path folder = Path.of("");

    private static String shown(FileContents contents) {
        FileContents.Content only = contents.get(0);
        return only.problem() == null ? only.text() : only.problem();
    }

    private FileFollower<FileContents> follower(Path file) {
        FileFollower<FileContents> follower = new FileFollower<>(
                null,
                () -> FileContents.read(List.of(file)),
                contents -> heard.add(shown(contents)),
                thrown -> heard.add("failed: " + thrown.getMessage()));
        follower.load();
        return follower;
    }

    /** Looks on the thread that moves the clock. */
    private FileFollower<FileContents> follow(Path file) {
        FileFollower<FileContents> follower = follower(file);
        follower.start(Runnable::run, time, SECOND);
        return follower;
    }

    private List<String> heard() {
        List<String> all = new ArrayList<>();
        heard.drainTo(all);
        return all;
    }

    @Test
    @DisplayName("a change is used when it is the same at two looks; the clock alone makes them happen")
    void settled() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "a");
        try (FileFollower<FileContents> follower = follow(file)) {
            assertThat(heard()).containsExactly("a");
            Files.writeString(file, "b");
            time.pass(Duration.ofMillis(999));
            time.pass(Duration.ofMillis(1));
            Files.writeString(file, "c");
            time.pass(SECOND);
            assertThat(heard()).isEmpty();
            time.pass(SECOND);
            assertThat(heard()).containsExactly("c");
            time.pass(Duration.ofMinutes(1));
            assertThat(heard()).isEmpty();
            assertThat(follower).isNotNull();
        }
        Files.writeString(file, "d");
        assertThat(time.timers()).isZero();
    }

    @Test
    @DisplayName("the links that Kubernetes switches in a mounted ConfigMap are seen")
    void links() throws IOException {
        for (String version : List.of("1", "2")) {
            Files.createDirectory(folder.resolve(".." + version));
            Files.writeString(folder.resolve(".." + version + "/f"), version);
        }
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..1"));
        Path file = Files.createSymbolicLink(folder.resolve("f"), Path.of("..data/f"));
        try (FileFollower<FileContents> follower = follow(file)) {
            Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2"));
            Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            time.pass(SECOND.multipliedBy(2));
            assertThat(heard()).containsExactly("1", "2");
            assertThat(follower).isNotNull();
        }
    }

    @Test
    // A thread that opens a pipe hears no interruption.
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @DisplayName("a pipe, a device, a folder and a file without an end are refused without waiting")
    void noRegularFile() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Path file = folder.resolve("f");
        Files.writeString(file, "a");
        try (FileFollower<FileContents> follower = follow(file)) {
            for (Path other : List.of(pipe, Path.of("/dev/zero"), folder)) {
                Files.delete(file);
                Files.createSymbolicLink(file, other);
                time.pass(SECOND.multipliedBy(2));
                assertThat(heard()).last().isEqualTo("expected a regular file");
                Files.delete(file);
                Files.writeString(file, "a");
                time.pass(SECOND.multipliedBy(2));
            }
            Files.write(file, new byte[(1 << 20) + 1]);
            time.pass(SECOND.multipliedBy(2));
            assertThat(heard()).last().isEqualTo("expected at most 1048576 bytes");
            assertThat(follower).isNotNull();
        }
    }

    /** Hangs as a file of a network drive does. */
    private record Hanging(CountDownLatch end) implements Snapshot {
        @Override
        public boolean isCurrent() {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        }
    }

    @Test
    @DisplayName("a read that hangs delays no other file")
    void hanging() throws Exception {
        Path file = Files.writeString(folder.resolve("f"), "a");
        CountDownLatch end = new CountDownLatch(1);
        FileFollower<Hanging> hangs =
                new FileFollower<>(new Hanging(end), () -> new Hanging(end), contents -> {}, thrown -> {});
        try (FileFollower<FileContents> follower = follower(file)) {
            hangs.start("test-hangs", time, SECOND);
            follower.start("test-follows", time, SECOND);
            assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("a");
            Files.writeString(file, "b");
            String next = null;
            while (next == null) {
                time.pass(SECOND);
                next = heard.poll(5, TimeUnit.MILLISECONDS);
            }
            assertThat(next).isEqualTo("b");
        } finally {
            end.countDown();
            hangs.close();
        }
    }

    @Test
    @DisplayName("a failure is reported once, and everything is read again until it is over")
    void failures() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "a");
        boolean[] fails = {true};
        FileFollower<FileContents> follower = new FileFollower<>(
                null,
                () -> FileContents.read(List.of(file)),
                contents -> {
                    if (fails[0]) {
                        throw new NoClassDefFoundError("meant");
                    }
                    heard.add(shown(contents));
                },
                thrown -> heard.add("failed: " + thrown.getMessage()));
        try (follower) {
            follower.load();
            follower.start(Runnable::run, time, SECOND);
            time.pass(SECOND.multipliedBy(6));
            assertThat(heard()).containsExactly("failed: meant");
            fails[0] = false;
            time.pass(SECOND.multipliedBy(2));
            assertThat(heard()).containsExactly("a");
        }
    }
}
