package io.imagegate.cli.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How long the process has been running, by what the kernel tells. */
class ProcessAgeTest {

    @TempDir
    Path proc = Path.of("");

    @BeforeEach
    void self() throws IOException {
        Files.createDirectory(proc.resolve("self"));
    }

    private Duration age(String name, String start, String uptime) throws IOException {
        Files.writeString(
                proc.resolve("self/stat"),
                "21748 (" + name + ") R 1 1 1 0 -1 4194304 1 0 0 0 4 3 2 1 20 0 9 0 " + start + " 4096 512 184467\n");
        Files.writeString(proc.resolve("uptime"), uptime);
        return ProcessAge.of(proc);
    }

    @Test
    void itIsUptimeWithoutTheStart() throws IOException {
        assertThat(age("java", "5021000", "50211.25 100405.03\n")).isEqualTo(Duration.ofMillis(1_250));
        assertThat(age("a) b (c", "5021000", "50211.25 100405.03\n")).isEqualTo(Duration.ofMillis(1_250));
    }

    @Test
    void whatIsNotToldIsZero() throws IOException {
        assertThat(ProcessAge.of(proc)).isZero();
        assertThat(age("java", "x", "50211.25 1\n")).isZero();
        assertThat(age("java", "5021000", "soon\n")).isZero();
        assertThat(age("java", "5021000", "")).isZero();
        // In a container whose uptime is its own.
        assertThat(age("java", "5021000", "3.00 1.00\n")).isZero();
        Files.writeString(proc.resolve("self/stat"), "1 (java) R");
        assertThat(ProcessAge.of(proc)).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void ofThisProcessItIsThatOfTheJvm() {
        Instant start = ProcessHandle.current().info().startInstant().orElseThrow();
        Duration before = Duration.between(start, Instant.now());
        Duration now = ProcessAge.now();
        Duration after = Duration.between(start, Instant.now());

        // The JVM knows its start to the second.
        assertThat(now).isBetween(before.minusSeconds(2), after.plusSeconds(2));
    }
}
