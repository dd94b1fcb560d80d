package io.imagegate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.Program.Result;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A JVM with too little memory for what a command reads")
class LittleMemoryIT {

    @Test
    @DisplayName("says so in one line and ends the command with 2")
    void heap() throws Exception {
        byte[] manifest = ("kind: Namespace\n" + "# a long comment\n".repeat(460_000)).getBytes(UTF_8);

        Result result = Program.run(Program.imagegateWithHeap(24, "check", "-"), manifest, Map.of());

        assertThat(result.status()).as(result.err()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("imagegate: the JVM has too little memory for this")
                .hasLineCount(1);
    }
}
