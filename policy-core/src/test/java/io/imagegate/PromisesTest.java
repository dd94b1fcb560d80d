package io.imagegate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromisesTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("what came and what went is told with the command that accepts it; other kinds are not compared")
    void differencesAreTold() throws IOException {
        Path file = Files.writeString(folder.resolve("names.txt"), "metric a\nmetric b\noption x\n");
        Promises names = new Promises("list", file, "imagegate.unset", "mvn accept");

        names.compare("metric ", List.of("metric a", "metric b"));
        names.compare("option ", List.of("option x"));
        assertThatThrownBy(() -> names.compare("metric ", List.of("metric a", "metric c")))
                .hasMessage("The list is not the one in " + file + ":\n- metric b\n+ metric c\n\n"
                        + "To accept it, and to tell it in CHANGELOG.md:\nmvn accept");
        assertThatThrownBy(() -> names.compare("option ", List.of())).isInstanceOf(AssertionError.class);
    }
}
