package io.imagegate.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import io.imagegate.Machine;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.policy.ImageGate;
import io.imagegate.reference.Digest;
import io.imagegate.registry.Registries;
import io.imagegate.signature.fact.SignedImages;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;

/** Runtime images of a program that verifies a signature, as JAVA.md makes them. */
@Tag("full")
class RuntimeImageTest {

    private static final Path PAGE = Path.of("../JAVA.md");
    private static final Pattern MODULES = Pattern.compile("--add-modules (\\S+)");
    private static final Pattern DESCRIPTOR = Pattern.compile("```java\n(module my\\.app .*?)```", Pattern.DOTALL);
    private static final String PROGRAM = """
            package app;

            import io.imagegate.policy.ImageGate;
            import io.imagegate.policy.Policy;
            import io.imagegate.policy.PolicySet;
            import io.imagegate.registry.ImageRegistries;
            import io.imagegate.registry.Registries;
            import io.imagegate.registry.RegistryEntry;
            import io.imagegate.review.ImageReview;
            import io.imagegate.rule.SignatureRule;
            import io.imagegate.signature.fact.SignedImages;
            import io.imagegate.signer.Signer;
            import io.imagegate.signer.SigningKey;
            import java.nio.file.Files;
            import java.nio.file.Path;
            import java.util.List;

            public final class Main {
                public static void main(String[] arguments) throws Exception {
                    ImageRegistries asked = ImageRegistries.builder()
                            .add(RegistryEntry.builder(arguments[0]).plainHttp().build())
                            .build();
                    String key = Files.readString(Path.of(arguments[2]));
                    Signer release = Signer.keys("release", List.of(SigningKey.read(key)));
                    Policy policy = Policy.builder("signed")
                            .rule("signed", SignatureRule.by(release))
                            .build();
                    try (Registries registries = Registries.of(asked);
                            SignedImages source = SignedImages.of(registries)) {
                        System.out.println(ImageGate.of(() -> PolicySet.of(policy), source)
                                .decide(ImageReview.of(arguments[1])));
                    }
                }
            }
            """;

    @TempDir
    Path folder = Path.of("");

    private final TestRegistry registry = new TestRegistry();
    private final Digest image = registry.image("acme/api", "v1", "api");
    private String page = "";

    @BeforeEach
    void sign() throws IOException {
        TestKey key = TestKey.p256();
        registry.bundles(
                "acme/api",
                image,
                TestBundle.by(key).payload(TestBundle.statement(image, SignedContent.COSIGN_SIGN, "{}")));
        Files.write(folder.resolve("cosign.pub"), key.pem());
        page = Files.readString(PAGE);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 25})
    @DisplayName("a runtime image of the modules that the page names verifies a signature")
    void verifies(int version) throws Exception {
        assertThat(run(Machine.jdk(version), matched(MODULES))).isEqualTo("allowed\n");
    }

    @ParameterizedTest
    @ValueSource(ints = 17)
    @DisplayName("one without elliptic curves says which module it lacks")
    void withoutCurves(int version) throws Exception {
        assertThat(run(Machine.jdk(version), "my.app"))
                .contains("a public key that Java cannot read, no provider of this Java has EC keys, which the module"
                        + " jdk.crypto.ec brings before Java 22");
    }

    private String matched(Pattern pattern) {
        Matcher matcher = pattern.matcher(page);
        assertThat(matcher.find()).as(pattern.pattern()).isTrue();
        return matcher.group(1);
    }

    private String run(Path jdk, String modules) throws Exception {
        Path sources = Files.createDirectories(folder.resolve("source/app"));
        Path descriptor = Files.writeString(folder.resolve("source/module-info.java"), matched(DESCRIPTOR));
        Path program = Files.writeString(sources.resolve("Main.java"), PROGRAM);
        String libraries = Stream.of(
                        ImageGate.class,
                        PolicyDocuments.class,
                        Registries.class,
                        SignedImages.class,
                        Load.class,
                        Cache.class,
                        NullMarked.class)
                .map(RuntimeImageTest::location)
                .collect(Collectors.joining(File.pathSeparator));
        Path classes = folder.resolve("classes");
        tool(jdk.resolve("bin/javac"), "-p", libraries, "-d", classes, descriptor, program);
        Path runtime = folder.resolve("runtime");
        tool(
                jdk.resolve("bin/jlink"),
                "--module-path",
                classes + File.pathSeparator + libraries,
                "--add-modules",
                modules,
                "--output",
                runtime);
        String name = registry.image("acme/api", image).text();
        return output(
                runtime.resolve("bin/java"),
                "-m",
                "my.app/app.Main",
                name.substring(0, name.indexOf('/')),
                name,
                folder.resolve("cosign.pub"));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void tool(Object... command) throws IOException, InterruptedException {
        Process process = start(command);
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static String output(Object... command) throws IOException {
        return new String(start(command).getInputStream().readAllBytes(), UTF_8);
    }

    private static Process start(Object... command) throws IOException {
        return new ProcessBuilder(Stream.of(command).map(Object::toString).toList())
                .redirectErrorStream(true)
                .start();
    }
}
