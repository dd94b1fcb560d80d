package io.imagegate.cli.option;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.fuzz.WhereJazzerRuns;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A file of options sets options that there are, or is refused with the places of all mistakes. */
@WhereJazzerRuns
class ConfigFileFuzzTest {

    private static final CommandSpec COMMAND = CommandSpec.create()
            .addOption(OptionSpec.builder("--port").type(int.class).build())
            .addOption(OptionSpec.builder("--policy").type(String[].class).build());

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "port: 8443\npolicy: [a.yaml, b=c.yaml]\n", "{port: 0x1F, policy: ~}", "prt: 1\nport: {a: b}\n")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aFileSetsOptionsOrIsRefused(byte[] data) {
        String text = new String(data, UTF_8);
        try {
            assertThat(ConfigFile.read(Path.of("options.yaml"), text, COMMAND)).isNotNull();
        } catch (CommandProblem refused) {
            assertThat(String.valueOf(refused.getMessage()).lines())
                    .allSatisfy(line -> assertThat(line)
                            .startsWith("options.yaml")
                            .hasSizeLessThan(10_000)
                            .matches("[ -~\u2026]*"));
        }
        assertThat(ConfigFile.value(text, "port")).isNotNull();
    }
}
