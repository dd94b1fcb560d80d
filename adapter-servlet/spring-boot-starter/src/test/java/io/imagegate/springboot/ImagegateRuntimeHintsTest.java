package io.imagegate.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.context.annotation.ImportRuntimeHints;

/** What a native image gets of the jars of Imagegate. */
class ImagegateRuntimeHintsTest {

    private static final Path LIBRARY = Path.of("../../policy-core");

    private final RuntimeHints hints = new RuntimeHints();

    ImagegateRuntimeHintsTest() {
        ImportRuntimeHints imported = ImagegateAutoConfiguration.class.getAnnotation(ImportRuntimeHints.class);
        assertThat(imported.value()).containsExactly(ImagegateRuntimeHints.class);
        new ImagegateRuntimeHints().registerHints(hints, null);
    }

    @Test
    @DisplayName("every resource of these jars is in it, but for what only editors and tests read")
    void resources() throws IOException {
        int found = 0;
        for (String module : List.of("", "files", "registry", "signature", "micrometer")) {
            Path resources = LIBRARY.resolve(module).resolve("src/main/resources");
            if (Files.isDirectory(resources.resolve("io"))) {
                try (Stream<Path> files = Files.walk(resources.resolve("io"))) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        found += requireIn(resources.relativize(file).toString());
                    }
                }
            }
        }
        assertThat(found).isGreaterThan(10);
        assertThat(RuntimeHintsPredicates.resource()
                        .forResource("io/imagegate/other.json")
                        .test(hints))
                .isFalse();
    }

    private int requireIn(String resource) {
        if (resource.endsWith(".properties")) {
            String bundle = resource.replaceFirst("(_\\w+)?\\.properties$", "").replace('/', '.');
            assertThat(RuntimeHintsPredicates.resource().forBundle(bundle).test(hints))
                    .as(resource)
                    .isTrue();
        } else if (!resource.endsWith(".schema.json")) {
            assertThat(RuntimeHintsPredicates.resource().forResource(resource).test(hints))
                    .as(resource)
                    .isTrue();
        }
        return 1;
    }

    @Test
    @DisplayName("no class of the library is found by its name")
    void reflection() throws IOException {
        for (String module : List.of("", "files", "registry", "signature", "micrometer")) {
            try (Stream<Path> sources = Files.walk(LIBRARY.resolve(module).resolve("src/main/java"))) {
                assertThat(sources.filter(Files::isRegularFile).map(ImagegateRuntimeHintsTest::text))
                        .isNotEmpty()
                        .noneMatch(source -> source.contains("Class.forName(") || source.contains("Proxy.newProxy"));
            }
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
