package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @TempDir
    Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "srve | imagegate: unknown command \"srve\" (did you mean serve?)",
                "nonsense | imagegate: unknown command \"nonsense\" (see",
                "help chekc | imagegate: unknown command \"chekc\" (did you mean check?)",
                "policy shw | imagegate policy: unknown command \"shw\" (did you mean show?)",
                "serve | imagegate serve: expected --tls-cert FILE and --tls-key FILE (see",
                "serve | imagegate serve: expected --tls-cert FILE and --tls-key FILE (see imagegate certs, which makes"
                        + " certificates and keys, and imagegate serve --help)",
                "serve --tls-cert | imagegate serve: expected --tls-cert FILE (see",
                "serve --tls-cert a --tls-key b --port x | imagegate serve: --port: expected a whole number, got \"x\"",
                "serve --tls-cert a --tls-cert b | imagegate serve: --tls-cert is given twice, expected it once",
                "serve --tls-cert a --tls-key b --polcy=x | imagegate serve: unknown option \"--polcy\" (did you mean --policy?)",
                "serve --request-timeout 10 | imagegate serve: --request-timeout: expected a time such as 500ms,",
                "serve --fact-timeout 61m | imagegate serve: --fact-timeout: expected at most 1h, got \"61m\"",
                "serve --fact-timeout 99d | imagegate serve: --fact-timeout: expected at most 1h, got \"99d\"",
                "serve --fact-timeout 0s | imagegate serve: --fact-timeout: expected more than zero, got \"0s\"",
                "quickstart --onse | imagegate quickstart: unknown option \"--onse\" (did you mean --once?)",
                "parse --input xml nginx | imagegate parse: --input: expected one of lines, json, got \"xml\"",
                "certs --out d --host 10.0.0.300 | imagegate certs: --host: \"10.0.0.300\": expected a DNS name or",
                "certs --out d --host a --days x | imagegate certs: --days: expected a whole number, got \"x\"",
                "explain | imagegate explain: expected IMAGE (see",
                "explain nginx redis | imagegate explain: unexpected argument \"redis\" (see",
                "explain nginx \u001b[31m | imagegate explain: unexpected argument \"\\u001b[31m\" (see",
            })
    void wrongArgumentsAreToldInOneLine(String arguments, String message) {
        assertThat(run(Map.of(), arguments == null ? new String[0] : arguments.split(" ", -1)))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith(message).endsWith(" --help)\n").hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port 65536 | --port 65536: expected 0 to 65535",
                "--locale de | --locale de: expected en or zh-CN",
                "--tls-key missing.pem | missing.pem: no such file; imagegate certs makes certificates and keys",
                "--tls-key text.pem | text.pem: expected a PEM private key that is not encrypted, found none",
                "--tls-key certs/ca-key.pem | the key in certs/ca-key.pem does not belong to the first certificate in",
                "--tls-cert text.pem | text.pem: expected PEM certificates",
                "--client-ca certs/ca-key.pem | certs/ca-key.pem: expected PEM certificates",
                "--host 192.0.2.1 | cannot listen on 192.0.2.1:0: ",
            })
    void unusableFilesAndValuesAreToldInOneLine(String arguments, String message) throws Exception {
        Files.writeString(folder.resolve("text.pem"), "no PEM\n");
        assertThat(run(Map.of(), "certs", "--out", in("certs"), "--host", "localhost"))
                .isZero();
        String[] wrong = arguments.split(" ", -1);
        String value = wrong[1].endsWith(".pem") ? in(wrong[1]) : wrong[1];

        // The environment stands behind the arguments, so each case overrides one value of a setting that works.
        int status = run(
                Map.of(
                        "IMAGEGATE_TLS_CERT",
                        in("certs/webhook.pem"),
                        "IMAGEGATE_TLS_KEY",
                        in("certs/webhook-key.pem"),
                        "IMAGEGATE_HOST",
                        "127.0.0.1",
                        "IMAGEGATE_PORT",
                        "0"),
                "serve",
                wrong[0],
                value);

        assertThat(status).isEqualTo(2);
        assertThat(err.toString().replace(folder + "/", ""))
                .startsWith("imagegate serve: " + message)
                .hasLineCount(1);
    }

    @Test
    void withoutACommandTheHelpIsShown() {
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("imagegate: expected a command\nUsage: imagegate")
                .contains("quickstart", "Exit status: 0");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anAddressThatKubernetesPutsIntoTheEnvironmentIsNoPort() {
        assertThat(run(Map.of("IMAGEGATE_PORT", "tcp://10.0.0.7:8443"), "serve"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("expected --tls-cert FILE").doesNotContain("--port");

        assertThat(run(Map.of("IMAGEGATE_PORT", "10.0.0.7"), "serve")).isEqualTo(2);
        assertThat(err.toString()).contains("--port");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "quickstart",
                "check",
                "explain",
                "inspect",
                "pin",
                "verify",
                "verify-bundle",
                "test",
                "policy",
                "parse",
                "certs",
                "review"
            })
    void eachCommandHasHelpAndVersion(String command) {
        assertThat(run(Map.of(), command, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: imagegate " + command);
        assertThat(run(Map.of(), command, "--version")).isZero();
        assertThat(out.toString()).containsPattern("imagegate \\S+.* \\(Java \\d+");
    }

    @Test
    void helpAndVersionAreCommandsToo() {
        assertThat(run(Map.of(), "--help")).isZero();
        String help = out.toString();
        assertThat(run(Map.of(), "help")).isZero();
        assertThat(out.toString()).isEqualTo(help).contains("  version").contains("  help");
        assertThat(run(Map.of(), "help", "check")).isZero();
        assertThat(out.toString()).startsWith("Usage: imagegate check");
        assertThat(run(Map.of(), "help", "none")).isEqualTo(2);
        assertThat(run(Map.of(), "--version")).isZero();
        String version = out.toString();
        assertThat(run(Map.of(), "version")).isZero();
        assertThat(out.toString()).isEqualTo(version);
    }

    private String in(String name) {
        return folder.resolve(name).toString();
    }

    private int run(Map<String, String> environment, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return ImagegateCommand.commandLine(environment)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
