package io.imagegate.undertow;

import io.imagegate.webhook.PageProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandlerPageTest {

    @Tag("slow")
    @Test
    @DisplayName("the program of README.md answers as the page says")
    void program(@TempDir Path folder) throws Exception {
        PageProgram.requireAnswer(Path.of("README.md"), folder);
    }
}
