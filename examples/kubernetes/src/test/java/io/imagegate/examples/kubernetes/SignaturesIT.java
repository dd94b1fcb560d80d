package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.FreePort;
import io.imagegate.Machine;
import io.imagegate.SharedPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The second part of the tutorial does what it says: cosign signs one of two images in a real registry, and the page's
 * commands print what the page shows. Both languages have the same blocks, which {@link SignaturesPageTest} checks.
 */
@Tag("full")
class SignaturesIT {

    private static final String HOST = "127.0.0.1:5000";
    private static final String BETWEEN = "--- next block ---";
    private static final String LONG_HASH = "sha256:([0-9a-f]{4})[0-9a-f]{56}([0-9a-f]{4})";

    private static final String PREPARE = """
            set -u
            trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
            printf 'version: 0.1\\nstorage: {filesystem: {rootdirectory: %s/registry}}\\nhttp: {addr: HOST}\\n' "$PWD" > registry.yml
            docker-registry serve registry.yml > registry.log 2>&1 &
            for i in $(seq 1 1200); do curl -sf http://HOST/v2/ && break; sleep 0.1; done > /dev/null
            for name in web other; do
              skopeo copy -q --dest-tls-verify=false oci:image:single docker://HOST/acme/$name:1.0.0 || exit 1
            done
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @DisplayName("its commands print what the page says, and end with these statuses")
    void printsWhatThePageSays() throws Exception {
        Machine.needs("docker-registry", "skopeo", "curl", "python3", "xz");
        prepare(SharedPrograms.get("cosign"));
        Tutorial page = Tutorial.read(Manifests.FOLDER.resolve("SIGNATURES.md"));
        for (Tutorial.Block file : page.withInfo("yaml ")) {
            Files.writeString(folder.resolve(file.info().substring("yaml ".length())), file.text());
        }
        String[] printed = run(page.steps());
        assertThat(printed).hasSize(6);
        assertThat(printed[0]).endsWith("status 0\n");
        assertThat(printed[1]).endsWith("status 0\n");
        assertThat(printed[2]).contains("verified").endsWith(page.steps().get(2).output() + "status 1\n");
        assertThat(printed[3]).contains("\nallowed: 1 image checked").endsWith("status 0\n");
        assertThat(printed[4]).isEqualTo(page.steps().get(4).output() + "status 1\n");
    }

    private void prepare(Path cosign) throws IOException, InterruptedException {
        Files.copy(Path.of(System.getProperty("imagegate.jar")), folder.resolve("imagegate.jar"));
        succeed("mkdir bin && ln -s '" + cosign + "' bin/cosign && python3 '"
                + Machine.needsShared("supply-chain/lab/make-image.py") + "' image");
    }

    private void succeed(String command) throws IOException, InterruptedException {
        Command.Result result = Command.run(folder, List.of("bash", "-c", command));
        assertThat(result.status()).as(result.output()).isZero();
    }

    /** What each step printed, with its exit status, hashes shortened as on the page, and the page's key. */
    private String[] run(List<Tutorial.Step> steps) throws Exception {
        StringBuilder script = new StringBuilder(PREPARE);
        steps.forEach(step -> script.append(step.commands())
                .append("echo status $?\necho '")
                .append(BETWEEN)
                .append("'\n"));
        String host = "127.0.0.1:" + FreePort.find();
        for (Path file : List.of(folder.resolve("registries.yaml"), folder.resolve("signed.yaml"))) {
            Files.writeString(file, Files.readString(file).replace(HOST, host));
        }
        Map<String, String> environment =
                Map.of("COSIGN_PASSWORD", "", "COSIGN_YES", "true", "PATH", Machine.pathAfter(folder.resolve("bin")));
        String commands = script.toString().replace(HOST, host).replace("HOST", host);
        Command.Result result = Command.run(folder, environment, List.of("bash", "-c", commands));
        assertThat(result.status()).as(result.output()).isZero();
        return result.output()
                .replace(host, HOST)
                .replace(hash(folder.resolve("cosign.pub")), "sha256:b68d" + "0".repeat(56) + "d4b1")
                .replaceAll(LONG_HASH, "sha256:$1…$2")
                .split(BETWEEN + "\n", -1);
    }

    private static String hash(Path key) throws Exception {
        String pem = Files.readString(key).replaceAll("-----[A-Z ]+-----|\\s", "");
        byte[] bytes = Base64.getDecoder().decode(pem);
        return "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
