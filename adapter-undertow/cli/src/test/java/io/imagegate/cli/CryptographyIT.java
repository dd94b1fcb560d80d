package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.Program.Result;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built jar with and without the provider of cryptography beside it. */
@Tag("full")
class CryptographyIT {

    private static final String PROVIDER = "AmazonCorrettoCryptoProvider";
    private static final List<String> SHORT = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final Path RECORDED = Path.of("../../policy-core/signature/src/test/resources/recorded/cosign2");

    @TempDir
    static Path folder = Path.of("");

    @BeforeAll
    static void makeCertificates() throws IOException {
        Program.makeCertificates(folder);
    }

    private static Result run(List<String> command, Map<String, String> environment) throws Exception {
        return Program.run(command, new byte[0], environment);
    }

    private static String cryptography(List<String> command, Map<String, String> environment) throws Exception {
        Result result = run(command, environment);
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines()).hasSize(2);
        return result.out().lines().skip(1).findFirst().orElseThrow();
    }

    @Test
    void versionSaysWhoseCryptographyIsUsedAndWhy() throws Exception {
        List<String> beside = Program.withProvider(SHORT, "version");
        assertThat(cryptography(beside, Map.of())).matches("cryptography: " + PROVIDER + " 2\\.\\d+\\.\\d+");
        assertThat(cryptography(Program.withProvider(SHORT, "--version"), Map.of()))
                .startsWith("cryptography: " + PROVIDER);
        assertThat(cryptography(beside, Map.of("IMAGEGATE_CRYPTO", "auto"))).startsWith("cryptography: " + PROVIDER);
        assertThat(cryptography(beside, Map.of("IMAGEGATE_CRYPTO", "jdk")))
                .isEqualTo("cryptography: the JDK's: IMAGEGATE_CRYPTO is jdk");
        assertThat(cryptography(Program.alone(SHORT, "version"), Map.of()))
                .isEqualTo("cryptography: the JDK's: " + PROVIDER + " is not on the class path");
        assertThat(cryptography(withoutLibrary("version"), Map.of()))
                .startsWith("cryptography: the JDK's: " + PROVIDER
                        + " could not be loaded: java.lang.UnsatisfiedLinkError: no amazonCorrettoCryptoProvider in ");
    }

    /** The last of two flags of one name counts. */
    private static List<String> withoutLibrary(String... arguments) {
        List<String> flags = new ArrayList<>(SHORT);
        flags.add("-Djava.library.path=" + folder);
        return Program.withProvider(flags, arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "--version", "serve", "parse"})
    void anotherChoiceIsRefused(String command) throws Exception {
        Result result = run(Program.withProvider(SHORT, command), Map.of("IMAGEGATE_CRYPTO", "fast"));

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEqualTo("imagegate: IMAGEGATE_CRYPTO: expected auto or jdk, got \"fast\"\n");
    }

    @Test
    void toTheVerifierAnotherChoiceIsTheReasonOfARefusal() throws Exception {
        List<String> command = Program.withProvider(
                SHORT,
                "verifier",
                "--config",
                folder.toString(),
                "-name",
                "ghcr.io/acme/api:1",
                "-digest",
                "sha256:" + "a".repeat(64));
        Result result = run(command, Map.of("IMAGEGATE_CRYPTO", "fast"));

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("IMAGEGATE_CRYPTO: expected auto or jdk, got \"fast\"\n");
    }

    @Test
    void aServerUsesItForTlsAndSaysSoOnce() throws Exception {
        assertThat(served(Program.withProvider(loaded("serve.log"), RunningJar.arguments(folder))))
                .contains("INFO")
                .matches("(?s).*cryptography: " + PROVIDER + " 2\\.\\d+\\.\\d+.*");
        // Handshake and records: key agreement, signature and encryption.
        assertThat(Program.read(folder.resolve("serve.log")))
                .contains(PROVIDER + " ", "provider.EvpKeyAgreement ", "provider.EvpSignature", "provider.AesGcmSpi ");
    }

    @Test
    void aServerWithoutTheLibraryWarnsAndServes() throws Exception {
        assertThat(served(withoutLibrary(RunningJar.arguments(folder))))
                .contains("WARN", "cryptography: the JDK's: " + PROVIDER + " could not be loaded: ");
    }

    /** {@return the line of the log} */
    private static String served(List<String> command) throws Exception {
        try (RunningJar server = RunningJar.start(command)) {
            assertThat(ReviewTester.trusting(folder, Version.HTTP_2).ask(server, "nginx:1"))
                    .isEqualTo("allowed");
            List<String> lines = server.output()
                    .lines()
                    .filter(line -> line.contains("cryptography: "))
                    .toList();
            assertThat(lines).hasSize(1);
            return lines.get(0);
        }
    }

    @Test
    void aSignatureIsVerifiedByIt() throws Exception {
        List<String> verify = List.of(
                "verify-bundle",
                "--bundle",
                RECORDED.resolve("key.sigstore.json").toString(),
                "--key",
                RECORDED.resolve("key1.pub").toString(),
                "sha256:fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5");
        String[] arguments = verify.toArray(String[]::new);
        Result verified = run(Program.withProvider(loaded("verify.log"), arguments), Map.of());
        assertThat(verified.status()).as(verified.err()).isZero();
        assertThat(Program.read(folder.resolve("verify.log"))).contains("provider.EvpSignature");
        Result alone = run(Program.withProvider(loaded("jdk.log"), arguments), Map.of("IMAGEGATE_CRYPTO", "jdk"));
        assertThat(alone.out()).isEqualTo(verified.out());
        assertThat(Program.read(folder.resolve("jdk.log"))).doesNotContain("corretto");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "explain", "parse"})
    void aCommandThatVerifiesNothingDoesNotLoadIt(String command) throws Exception {
        Result result = run(Program.withProvider(loaded(command + ".log"), command, "nginx:1"), Map.of());

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(Program.read(folder.resolve(command + ".log")))
                .contains("io.imagegate.cli.Main ")
                .doesNotContain("com.amazon.corretto");
    }

    /** Writes which classes are loaded to a file. */
    private static List<String> loaded(String file) throws IOException {
        Path log = folder.resolve(file);
        Files.deleteIfExists(log);
        List<String> flags = new ArrayList<>(SHORT);
        flags.add("-Xlog:class+load:file=" + log);
        return flags;
    }

    /** The artifact that holds the library of one processor is no part of the jar that runs on all. */
    @Test
    void theJarHasNoNativeCode() throws Exception {
        Path jar = Path.of(Program.setting("imagegate.jar"));
        try (ZipFile entries = new ZipFile(jar.toFile())) {
            assertThat(entries.stream().map(ZipEntry::getName))
                    .noneMatch(name -> name.matches(".*\\.(so|dylib|jnilib|dll)") || name.startsWith("com/amazon/"));
        }
    }
}
