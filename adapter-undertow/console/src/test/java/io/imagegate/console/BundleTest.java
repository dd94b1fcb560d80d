package io.imagegate.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BundleTest {

    private static final String FOLDER = "web/";

    @Test
    @DisplayName(
            "index.txt lists each file in order, with its media type; its gzipped twin has the same bytes and no time")
    void index() throws IOException {
        List<String> lines =
                new String(bytes("index.txt"), StandardCharsets.UTF_8).lines().toList();
        assertThat(lines)
                .isSorted()
                .allMatch(
                        line -> line.matches("[A-Za-z0-9._/-]+\t[a-z]+/[a-z+]+(; charset=utf-8)?\tgzip( immutable)?"));
        assertThat(lines)
                .map(line -> line.replaceAll("-[0-9a-f]{10}(?=\\.)|\t.*", ""))
                .containsExactly(
                        "assets/console.js",
                        "assets/examples.json",
                        "assets/first.js",
                        "assets/icon.svg",
                        "assets/imagepolicy.schema.json",
                        "assets/playground.js",
                        "assets/style.css",
                        "console.html",
                        "playground.html");
        for (String line : lines) {
            String path = line.substring(0, line.indexOf('\t'));
            byte[] twin = bytes(path + ".gz");
            assertThat(twin).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(twin)).readAllBytes())
                    .isEqualTo(bytes(path));
        }
    }

    @Test
    @DisplayName("the console carries no editor, and the licences of the packages are in the jar")
    void parts() throws IOException {
        String index = new String(bytes("index.txt"), StandardCharsets.UTF_8);
        assertThat(script(index, "playground")).contains("cm-editor");
        assertThat(script(index, "console")).contains("api/decisions").doesNotContain("cm-editor");
        try (InputStream licences = BundleTest.class.getResourceAsStream("/META-INF/LICENSE-CODEMIRROR")) {
            assertThat(new String(Objects.requireNonNull(licences).readAllBytes(), StandardCharsets.UTF_8))
                    .contains("@codemirror/view", "@lezer/yaml", "style-mod", "Permission is hereby granted");
        }
    }

    private static String script(String index, String name) throws IOException {
        String path = index.lines()
                .map(line -> line.substring(0, line.indexOf('\t')))
                .filter(file -> file.matches("assets/" + name + "-[0-9a-f]+\\.js"))
                .findFirst()
                .orElseThrow();
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String path) throws IOException {
        try (InputStream in = BundleTest.class.getResourceAsStream(FOLDER + path)) {
            assertThat(in).as(path).isNotNull();
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
