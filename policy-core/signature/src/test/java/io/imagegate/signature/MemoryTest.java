package io.imagegate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a verification takes beside the bytes that it verifies. */
@Tag("full")
class MemoryTest {

    @Test
    @DisplayName(
            "eight attestations of 7 MB are verified at once with 64 MB of heap, as many as the store may hold in it")
    void attestations(@TempDir Path folder) throws IOException, InterruptedException {
        ManyMegabytes.write(folder);
        String output = ChildJava.run(ManyMegabytes.class, List.of("-Xmx64m", "-XX:+UseSerialGC"), folder.toString());
        assertThat(output).startsWith("verified 32 of 69").contains("predicates 166");
    }
}
