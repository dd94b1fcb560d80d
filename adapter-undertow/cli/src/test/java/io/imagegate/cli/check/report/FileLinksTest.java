package io.imagegate.cli.check.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLinksTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void aNameLeadsToItsFile() throws IOException {
        Path file = Files.createFile(folder.resolve("web.yaml"));
        assertThat(FileLinks.on("host").link(file.toString(), "web.yaml:1"))
                .isEqualTo("\u001b]8;;file://host" + file + "\u001b\\web.yaml:1\u001b]8;;\u001b\\");
        assertThat(FileLinks.on("").link(file.toString(), "x")).contains(";;file:///");
    }

    @Test
    void hostileNamesAreEscapedInTheTarget() throws IOException {
        Path file = Files.createFile(folder.resolve("\u001b\\;\u0007\u009c\u202e é\n.yaml"));
        String link = FileLinks.on("host").link(file.toString(), "shown");
        String target = link.substring("\u001b]8;;".length(), link.indexOf("\u001b\\shown"));
        assertThat(target).matches("[!-~]+").endsWith("/%1B%5C;%07%C2%9C%E2%80%AE%20%C3%A9%0A.yaml");
    }

    @Test
    void whatIsNoFileHasNoLink() {
        assertThat(FileLinks.on("host").link("standard input", "standard input"))
                .isEqualTo("standard input");
        assertThat(FileLinks.on("host").link("", "")).isEmpty();
        assertThat(FileLinks.none().link("/", "root")).isEqualTo("root");
    }
}
