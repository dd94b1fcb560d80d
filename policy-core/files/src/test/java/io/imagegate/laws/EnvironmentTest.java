package io.imagegate.laws;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A decision depends on the review, the policy and the date, not on how the JVM was started. */
@Tag("slow")
class EnvironmentTest {

    @ParameterizedTest(name = "locale {0}-{1}-{2}, charset {3}, time zone {4}")
    @CsvSource({
        "tr, TR, nu-latn, ISO-8859-9, Europe/Istanbul",
        "zh, CN, nu-hanidec, GBK, Asia/Shanghai",
        "ar, EG, nu-arab, ISO-8859-1, Pacific/Kiritimati",
        "th, TH, ca-buddhist-nu-thai, UTF-16, Pacific/Pago_Pago",
    })
    @DisplayName("locale, default charset and time zone change nothing")
    void changesNothing(String language, String country, String extension, String charset, String zone)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Duser.language=" + language,
                "-Duser.country=" + country,
                "-Duser.extensions=u-" + extension,
                "-Dfile.encoding=" + charset,
                "-Duser.timezone=" + zone));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Ledger.class.getName()));
        List<String> printed = run(command);
        assertThat(printed.get(printed.size() - 1)).isEqualTo(charset + " " + zone + " " + language);
        assertThat(printed.subList(0, printed.size() - 1)).isEqualTo(Ledger.lines());
    }

    private static List<String> run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), US_ASCII);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
            return printed.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
