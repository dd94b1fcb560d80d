package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The chart of a release, as the workflow packages it. */
@Tag("slow")
@DisplayName("The chart of a release")
class ReleasedChartTest {

    private static final Path ROOT = Manifests.FOLDER.resolve("../..").normalize();
    private static final String IMAGE = "ghcr.io/acme/imagegate";
    private static final String DIGEST = "sha256:" + "a1".repeat(32);

    private static Command.Result make(String... arguments) throws Exception {
        Path helm = Helm.program().toAbsolutePath().getParent();
        List<String> words = new ArrayList<>(List.of("bash", ".ci/do", "chart"));
        words.addAll(List.of(arguments));
        return Command.run(ROOT, Map.of("PATH", Machine.pathAfter(helm)), words);
    }

    @Test
    @DisplayName("installs the images of the release by their digest")
    void pinned() throws Exception {
        Command.Result made = make(IMAGE, DIGEST);
        assertThat(made.status()).as(made.output()).isZero();
        String file = made.output()
                .lines()
                .filter(line -> line.endsWith(".tgz"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow();
        Command.Result rendered =
                Helm.run("template", "x", ROOT.resolve(file).toString(), "--set", "certificates.ephemeral=true");
        assertThat(rendered.status()).as(rendered.output()).isZero();
        assertThat(rendered.output().lines().filter(line -> line.strip().startsWith("image: ")))
                .isNotEmpty()
                .allMatch(line -> line.contains("\"" + IMAGE + ":") && line.endsWith("@" + DIGEST + "\""));
    }

    @Test
    @DisplayName("is not made without a digest")
    void digest() throws Exception {
        for (String wrong : List.of("", "latest", DIGEST.substring(0, 70), DIGEST.toUpperCase(Locale.ROOT))) {
            Command.Result refused = make(IMAGE, wrong);
            assertThat(refused.status()).as(wrong).isEqualTo(2);
            assertThat(refused.output()).startsWith("chart: expected the repository of the image and its digest");
        }
    }
}
