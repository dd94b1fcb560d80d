package io.imagegate.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A chart depends on where it is rendered")
class ChartDependenceTest {

    @TempDir
    Path chart;

    @Test
    @DisplayName("by the words in its actions, of which there are only so many")
    void words() throws IOException {
        Files.writeString(
                chart.resolve("a.yaml"),
                "now: {{ .Release.Name }}{{ .Release.a1 }}{{ .Release.a2 }}\n{{- genCAWithKey }} {{ genCAx }} {{lookup\n\"v1\" }} {{ now");
        assertThat(ChartDependence.of(chart)).containsExactly(".Release", ".Release.Name", "genCAWithKey", "lookup");
    }

    @Test
    @DisplayName("and a file of braces is searched once")
    void braces() throws IOException {
        Files.writeString(chart.resolve("a.txt"), "{".repeat(1 << 20));
        Files.writeString(chart.resolve("b.txt"), "{{}}".repeat(1 << 18));
        assertThat(ChartDependence.of(chart)).isEmpty();
    }
}
