package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments are what they say: an empty one is not the working folder, and {@code @file} is no list of options. */
class UnexpandedArgumentsTest extends CommandTest {

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "check '' ~ IMAGE|PATH",
                "check '' nginx:1 ~ IMAGE|PATH",
                "pin p.yaml '' ~ PATH",
                "check nginx:1 '' ~ IMAGE|PATH",
                "check -f '' ~ --file",
                "check --file= ~ --file",
                "check --image '' ~ --image",
                "check -p '' nginx:1 ~ --policy",
                "check --namespace '' nginx:1 ~ --namespace",
                "check --write -p p.yaml '' ~ IMAGE|PATH",
                "check --registries '' nginx:1 ~ --registries",
                "explain '' ~ IMAGE",
                "explain -p '' nginx:1 ~ --policy",
                "pin '' ~ PATH",
                "pin -p p.yaml '' ~ PATH",
                "pin -p '' p.yaml ~ --policy",
                "pin --registries '' p.yaml ~ --registries",
                "test '' ~ PATH",
                "inspect '' ~ IMAGE",
                "inspect --registries '' nginx:1 ~ --registries",
                "verify --key '' nginx:1 ~ --key",
                "verify --key k.pem '' ~ IMAGE",
                "verify-bundle --key k.pem --bundle '' f ~ --bundle",
                "verify-bundle --key k.pem --bundle b '' ~ FILE_OR_DIGEST",
                "policy show '' ~ NAME",
                "parse '' ~ IMAGE",
                "certs --out '' --host a ~ --out",
                "serve --policy '' --tls-cert a --tls-key b ~ --policy",
                "serve --config '' ~ --config",
            })
    void anEmptyArgumentIsRefused(String line, String argument) {
        String[] arguments = line.strip().replace("''", "").split(" ", -1);
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("imagegate " + arguments[0])
                .contains(
                        ": " + argument.strip() + ": expected a value, got an empty one, as an unset variable is (see")
                .hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anEmptyVariableOfTheEnvironmentIsRefused() {
        int status = ImagegateCommand.commandLine(Map.of("IMAGEGATE_POLICY", ""))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("check", "nginx:1");
        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).startsWith("imagegate check: IMAGEGATE_POLICY: --policy: expected a value");
    }

    @Test
    void aBlankIsNoEmptyArgument() {
        assertThat(run("parse", " ")).isEqualTo(1);
        assertThat(run("check", "--image", " ")).isEqualTo(1);
    }

    @Test
    void anAtSignBeginsNoFileOfArguments() throws Exception {
        Path arguments = Files.write(folder.resolve("arguments"), List.of("nginx:1", "--allow-empty"));
        assertThat(run("check", "--image", "@" + arguments)).isEqualTo(1);
        assertThat(out.toString()).contains("denied  @" + arguments).contains("1 image checked, 1 denied");
        assertThat(run("check", "@" + arguments)).isEqualTo(2);
        assertThat(err.toString()).contains("image \"@" + arguments + "\": ");
        assertThat(run("parse", "@" + arguments)).isEqualTo(1);
        assertThat(run("@" + Files.writeString(folder.resolve("version"), "version")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("unknown command");
    }
}
