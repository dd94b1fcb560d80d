package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Options for the console")
class ConsoleOptionsTest extends CommandTest {

    private static final Map<String, String> TLS =
            Map.of("IMAGEGATE_TLS_CERT", "nowhere.pem", "IMAGEGATE_TLS_KEY", "nowhere.pem");

    private int serve(Map<String, String> environment, String... options) {
        List<String> arguments = new ArrayList<>(List.of("serve"));
        arguments.addAll(List.of(options));
        String[] typed = arguments.toArray(String[]::new);
        return ImagegateCommand.commandLine(environment, typed)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(typed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--console-playground", "--console-name=a.example", "--console-dashboard=https://a.example"})
    @DisplayName("ask for a port")
    void port(String option) {
        assertThat(serve(TLS, option)).isEqualTo(2);
        assertThat(err)
                .hasToString("imagegate serve: " + option.replaceFirst("=.*", "") + ": expected --console-port, too"
                        + System.lineSeparator());
        err.getBuffer().setLength(0);
        assertThat(serve(TLS, option, "--console-port=0")).isEqualTo(2);
        assertThat(err.toString()).contains("nowhere.pem: ").doesNotContain("console");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"javascript:alert(1)", "//grafana.example/d/x", "grafana.example", "https:///d", "https://a b"})
    @DisplayName("refuse dashboards that are no URL of the web")
    void dashboards(String url) {
        assertThat(serve(TLS, "--console-port=0", "--console-dashboard=" + url)).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("imagegate serve: --console-dashboard " + url
                        + ": expected a URL that begins with https:// or http://" + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource({
        "true, --port=1, true",
        "false, --port=1, false",
        "true, --console-playground, true",
        "false, --console-playground, true",
        "true, --console-playground=false, false",
        "false, --console-playground=true, true"
    })
    @DisplayName("add the playground by an option, whatever the environment says")
    void playground(String variable, String option, String effective) {
        assertThat(serve(
                        Map.of("IMAGEGATE_CONSOLE_PLAYGROUND", variable),
                        "--tls-cert=a",
                        "--tls-key=b",
                        "--print-config",
                        option))
                .isZero();
        assertThat(out.toString()).contains("console-playground: " + effective + "  # ");
    }

    @Test
    @DisplayName("are not set unless somebody does")
    void unset() {
        assertThat(serve(TLS, "--print-config")).isZero();
        assertThat(out.toString())
                .contains("# console-port: not set", "console-host: 127.0.0.1  # default", "# console-name: not set");
    }
}
