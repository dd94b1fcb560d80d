package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.imagegate.cli.option.ConfigFile;
import io.imagegate.cli.option.UnknownVariables;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Options of {@code serve} from the command line, the environment and a file. */
class OptionDefaultsTest {

    private static final String COMPLETE = "tls-cert: a.pem\ntls-key: b.pem\n";

    @TempDir
    Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theNearestSourceWinsAndIsTold() throws Exception {
        Path file =
                file(COMPLETE + "port: 1\nmax-streams: 2\nmax-in-flight: 3\nclient-name: [x, y]\nclient-ca: c.pem\n");

        int status = run(
                Map.of("IMAGEGATE_PORT", "10", "IMAGEGATE_MAX_STREAMS", "20"),
                "serve",
                "--config",
                file.toString(),
                "--port",
                "100",
                "--print-config");

        assertThat(err.toString()).isEmpty();
        assertThat(status).isZero();
        assertThat(out.toString().lines())
                .contains(
                        "port: 100  # flag",
                        "max-streams: 20  # IMAGEGATE_MAX_STREAMS",
                        "max-in-flight: 3  # max-in-flight in " + file,
                        "client-name: x,y  # client-name in " + file,
                        "request-timeout: 10s  # default",
                        "idle-timeout: 5m  # default",
                        "log-decisions: notable  # default",
                        "# policy: not set");
    }

    @Test
    void whatIsPrintedIsAFileThatSetsTheSame() throws Exception {
        Path first = file(COMPLETE + "drain-delay: 1500ms\npolicy: 'my policies: all'\n");
        assertThat(run(Map.of("IMAGEGATE_CONFIG", first.toString()), "serve", "--print-config"))
                .isZero();
        String printed = out.toString();
        assertThat(printed).contains("drain-delay: 1500ms  # drain-delay in ", "policy: 'my policies: all'  #");

        Path second = file(printed);
        assertThat(run(Map.of(), "serve", "--config=" + second, "--print-config"))
                .isZero();
        assertThat(withoutSources(out.toString())).isEqualTo(withoutSources(printed));
    }

    private static String withoutSources(String config) {
        return config.replaceAll("  # .*", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port: x | FILE, port: --port: expected a whole number, got \"x\"",
                "max-streams: 0 | FILE, max-streams: --max-streams: expected a number from 1",
                "'- port' | FILE: expected a mapping such as \"port: 8443\"",
                "'port: 65536' | --port 65536: expected 0 to 65535 (port in FILE)",
                "'locale: de' | --locale de: expected en or zh-CN (locale in FILE)",
                "'tls-key: missing.pem' | missing.pem: no such file (tls-key in FILE)",
            })
    void aWrongValueInAFileIsToldWithTheFile(String wrong, String message) throws Exception {
        Path file = file(wrong + "\n");

        int status = run(
                Map.of("IMAGEGATE_TLS_CERT", "a.pem"),
                "serve",
                "--config",
                file.toString(),
                wrong.contains("tls-key") ? "--port=0" : "--tls-key=b.pem");

        assertThat(status).isEqualTo(2);
        String expected = message.replaceFirst("FILE, (\\S+):", "$1 in FILE:").replace("FILE", file.toString());
        assertThat(err.toString()).startsWith("imagegate serve: " + expected).hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tls-crt: x | :1:1: unknown key \"tls-crt\", expected one of client-ca, client-name, console-dashboard",
                "config: x | expected one of client-ca",
                "max-stream: 1 | expected one of client-ca, client-name, console-dashboard, console-host, "
                        + "console-name, console-playground, console-port, drain-delay, drain-timeout, "
                        + "fact-timeout, host, idle-timeout, last-good, locale, log-decisions, log-format, "
                        + "management-host, management-port, max-body-bytes, max-buffered-bytes, … (37 in all) (did you"
                        + " mean max-streams?)",
                "port: {a: b} | :1:7: port: expected a value or a list of values",
                "'port: [' | :2:1: not YAML or JSON: ",
                "'port: \"\\UFFFFFFFF\"' | expected hexadecimal digits of a character after a backslash",
                "'\"a\\eb\": x' | :1:1: unknown key \"a\\u001bb\"",
                "'port: 1\nport: 2' | :2:1: duplicate key \"port\", already defined in line 1",
                "'\"a\\eb\": x' | expected one of client-ca",
            })
    void aMistakeInAFileIsToldWithTheFile(String wrong, String part) throws Exception {
        Path file = file(wrong + "\n");

        assertThat(run(Map.of(), "serve", "--config", file.toString(), "--tls-key=b.pem"))
                .isEqualTo(2);

        assertThat(err.toString())
                .startsWith("imagegate serve: " + file + ":")
                .contains(part)
                .hasLineCount(1);
    }

    @Test
    void aWrongValueInTheEnvironmentIsToldWithTheVariable() {
        Map<String, String> environment =
                Map.of("IMAGEGATE_TLS_CERT", "a.pem", "IMAGEGATE_TLS_KEY", "b.pem", "IMAGEGATE_REQUEST_TIMEOUT", "10");

        assertThat(run(environment, "serve")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("imagegate serve: IMAGEGATE_REQUEST_TIMEOUT: --request-timeout: "
                        + "expected a time such as 500ms, 10s or 5m, got \"10\"");
    }

    @Test
    void unknownVariablesAreToldWithASuggestion() {
        Map<String, String> environment = Map.of(
                "IMAGEGATE_POLCY", "p.yaml",
                "IMAGEGATE_MANAGMENT_PORT", "8080",
                "IMAGEGATE_EVIL\u202e", "x",
                "IMAGEGATE_POLICY", "p.yaml",
                "IMAGEGATE_OUTPUT", "json",
                "IMAGEGATEX_POLCY", "p.yaml");
        assertThat(UnknownVariables.warnings(environment, ImagegateCommand.commandLine(Map.of())))
                .containsExactly(
                        "environment variable IMAGEGATE_EVIL\\u202e is ignored: no option has this name",
                        "environment variable IMAGEGATE_MANAGMENT_PORT is ignored: no option has this name (did you mean"
                                + " IMAGEGATE_MANAGEMENT_PORT?)",
                        "environment variable IMAGEGATE_POLCY is ignored: no option has this name (did you mean"
                                + " IMAGEGATE_POLICY?)");
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGEGATE_SERVICE_HOST, 10.0.0.1",
        "IMAGEGATE_SERVICE_PORT, 8443",
        "IMAGEGATE_SERVICE_PORT_HTTPS, 8443",
        "IMAGEGATE_PORT, tcp://10.0.0.1:8443",
        "IMAGEGATE_X_PORT, udp://10.0.0.1:8443",
        "IMAGEGATE_X_PORT_8443_TCP, tcp://10.0.0.1:8443",
        "IMAGEGATE_METRICS_PORT_8080_TCP_PROTO, tcp",
        "IMAGEGATE_PORT_53_UDP_PORT, 53",
        "IMAGEGATE_PORT_8443_TCP_ADDR, 10.0.0.1",
    })
    void variablesThatKubernetesMakesOfServicesAreNotTold(String name, String value) {
        assertThat(UnknownVariables.warnings(Map.of(name, value), ImagegateCommand.commandLine(Map.of())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGEGATE_X_PORT, 8443",
        "IMAGEGATE_SERVICE, 10.0.0.1",
        "IMAGEGATE_X_PORT_HTTPS_TCP, tcp://10.0.0.1:8443",
        "IMAGEGATE_X_PORT_8443_TCP_X, 1"
    })
    void variablesThatOnlyLookLikeTheseAreTold(String name, String value) {
        assertThat(UnknownVariables.warnings(Map.of(name, value), ImagegateCommand.commandLine(Map.of())))
                .hasSize(1);
    }

    @Test
    void aWrongFlagIsNotBlamedOnOtherSources() throws Exception {
        Path file = file(COMPLETE + "port: 1\n");

        assertThat(run(Map.of(), "serve", "--config", file.toString(), "--port", "x"))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("imagegate serve: --port: expected a whole number");
    }

    @Test
    void theOperationsPageNamesEveryOption() throws Exception {
        String page = Files.readString(Path.of("OPERATIONS.md"));
        CommandLine serve = Objects.requireNonNull(
                ImagegateCommand.commandLine(Map.of()).getSubcommands().get("serve"));

        assertThat(ConfigFile.keys(serve.getCommandSpec()))
                .hasSizeGreaterThan(20)
                .allSatisfy(key -> assertThat(page).contains("`--" + key + "`"));
    }

    @Test
    // A thread that opens a pipe hears no interruption.
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void onlyARegularFileOfBoundedLengthIsRead() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        String options = "{tls-cert: a.pem, tls-key: b.pem} #";
        Path longest = Files.writeString(folder.resolve("longest"), options + "x".repeat((1 << 20) - options.length()));
        assertThat(run(Map.of(), "serve", "--config", longest.toString(), "--print-config"))
                .isZero();

        assertRefused(pipe, "expected a regular file");
        assertRefused(Path.of("/dev/zero"), "expected a regular file");
        assertRefused(folder, "expected a regular file");
        assertRefused(folder.resolve("none"), "no such file");
        assertRefused(Files.writeString(longest, "x", StandardOpenOption.APPEND), "expected at most 1048576 bytes");
        assertRefused(Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff}), "expected text in UTF-8");
    }

    private void assertRefused(Path file, String why) {
        int status = assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> run(Map.of(), "serve", "--config", file.toString()));
        assertThat(status).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("imagegate serve: --config " + file + ": " + why)
                .hasLineCount(1);
    }

    private Path file(String text) throws Exception {
        return Files.writeString(Files.createTempFile(folder, "serve", ".yaml"), text);
    }

    private int run(Map<String, String> environment, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return ImagegateCommand.commandLine(environment, arguments)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
