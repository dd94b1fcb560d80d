package io.imagegate.follow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where links of searched folders may lead. */
class SearchedFoldersTest {

    @TempDir
    Path home = Path.of("");

    private Path file = Path.of("");
    private Path outside = Path.of("");
    private SearchedFolders searched = SearchedFolders.of(List.of());

    @BeforeEach
    void files() throws IOException {
        file = Files.writeString(Files.createDirectories(home.resolve("in/sub")).resolve("a"), "inside");
        outside = Files.writeString(
                Files.createDirectories(home.resolve("inside")).resolve("a"), "outside");
        searched = SearchedFolders.of(List.of(home + "/in/../in", home + "/missing", "no\0path"));
    }

    private String content(Path path) throws IOException {
        try (InputStream in = searched.open(path)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    @DisplayName("a link leads out if what it leads to in the end is not below a searched folder")
    void links() throws IOException {
        Path in = home.resolve("in");
        Path stays = Files.createSymbolicLink(in.resolve("stays"), Path.of("sub/../../in/sub/a"));
        Path second = Files.createSymbolicLink(in.resolve("second"), stays);
        Path out = Files.createSymbolicLink(in.resolve("out"), outside);
        Path through = Files.createSymbolicLink(in.resolve("through"), out);
        Path nowhere = Files.createSymbolicLink(in.resolve("nowhere"), Path.of("none"));
        Path circle = Files.createSymbolicLink(in.resolve("circle"), Path.of("circle"));
        assertThat(List.of(stays, second, nowhere, circle, file)).noneMatch(searched::leadsOut);
        assertThat(List.of(out, through)).allMatch(searched::leadsOut);
        assertThat(content(second)).isEqualTo("inside");
        for (Path link : List.of(out, through)) {
            assertThatThrownBy(() -> searched.open(link)).hasMessage(SearchedFolders.LEADS_OUT);
        }
        assertThatThrownBy(() -> searched.open(nowhere)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> searched.open(circle)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> searched.open(in.resolve("sub"))).hasMessage("expected a regular file");
        assertThat(SearchedFolders.of(List.of(in.toString(), outside.toString()))
                        .leadsOut(out))
                .as("a file that is named")
                .isFalse();
    }

    @Test
    @DisplayName("what Git and Node keep in a searched folder is not searched, unless it is named")
    void leftOut() throws IOException {
        Path config = Files.writeString(
                Files.createDirectories(home.resolve("in/.git/modules/x")).resolve("config"), "secret");
        Path link = Files.createSymbolicLink(home.resolve("in/link"), config);
        assertThat(searched.leadsOut(link)).isTrue();
        assertThat(SearchedFolders.of(List.of(home + "/in/.git")).leadsOut(link))
                .isFalse();
    }

    @Test
    @DisplayName("a file or a folder that became a link since it was found is not opened")
    void changed() throws IOException {
        assertThat(content(file)).isEqualTo("inside");
        Files.delete(file);
        Files.createSymbolicLink(file, outside);
        assertThatThrownBy(() -> searched.open(file)).hasMessage(SearchedFolders.LEADS_OUT);
        Files.delete(file);
        Files.delete(file.getParent());
        Files.createSymbolicLink(file.getParent(), outside.getParent());
        assertThatThrownBy(() -> searched.open(file)).hasMessage(SearchedFolders.LEADS_OUT);
    }

    @Test
    @DisplayName("the search of a folder that a link names starts where it leads")
    void start() throws IOException {
        Path link = Files.createSymbolicLink(home.resolve("link"), home.resolve("in"));
        assertThat(SearchedFolders.start(link)).isEqualTo(home.resolve("in").toRealPath());
        assertThat(SearchedFolders.start(Path.of("in"))).isEqualTo(Path.of("in"));
    }
}
