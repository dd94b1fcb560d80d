package io.imagegate.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Repository;
import io.imagegate.text.SafeText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * References that nobody thought of, read as distribution/reference reads them.
 *
 * <p>{@code -Dimagegate.references=1000000} asks about more of them, {@code -Dimagegate.seed} about the same again.
 */
@Tag("full")
class ReferenceOracleTest {

    private static final int AT_ONCE = 20_000;
    /** What is kept for the fuzzer, and what it keeps for itself. */
    private static final List<Path> CORPORA = List.of(
            Repository.core("long-tests/src/test/resources/io/imagegate/fuzz/ReferenceFuzzTestInputs"),
            Repository.core("long-tests/.cifuzz-corpus/io.imagegate.fuzz.ReferenceFuzzTest"));

    private final int count = Integer.getInteger("imagegate.references", AT_ONCE);
    private final long seed = Long.getLong("imagegate.seed", new Random().nextLong());
    private final List<String> disagreements = new ArrayList<>();
    private int accepted;

    @Test
    void freshReferencesAreReadAsTheReferenceImplementationReadsThem() throws Exception {
        ReferenceOracle oracle = ReferenceOracle.build(Files.createDirectories(Path.of("target", "reference-oracle")));
        MutatedReferences references = new MutatedReferences(seed);
        for (int asked = 0; asked < count; asked += AT_ONCE) {
            List<String> texts = references.next(Math.min(AT_ONCE, count - asked));
            compare(texts, oracle.ask(texts));
        }
        System.out.printf("%,d references, %,d accepted, seed %d%n", count, accepted, seed);
        assertThat(disagreements).as("seed " + seed).isEmpty();
        assertThat(accepted).as("accepted").isBetween(count / 10, count - count / 10);
    }

    @Test
    void whatTheFuzzerThoughtOfIsReadAsTheReferenceImplementationReadsIt() throws Exception {
        ReferenceOracle oracle = ReferenceOracle.build(Files.createDirectories(Path.of("target", "fuzzed-references")));
        List<String> texts = new ArrayList<>();
        for (Path corpus : CORPORA) {
            texts.addAll(files(corpus));
        }
        System.out.printf("%,d references from the fuzzer%n", texts.size());
        assertThat(texts).hasSizeGreaterThan(10);
        compare(texts, oracle.ask(texts));
        assertThat(disagreements).isEmpty();
    }

    private static List<String> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> new String(bytes(file), UTF_8))
                    .toList();
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compare(List<String> texts, List<Map<String, Object>> answers) {
        assertThat(answers).hasSameSizeAs(texts);
        for (int i = 0; i < texts.size(); i++) {
            Map<String, Object> expected = new HashMap<>(answers.get(i));
            expected.remove("error"); // worded by the reference implementation
            expected.remove("kind"); // a type of Go
            Map<String, Object> actual = read(texts.get(i));
            accepted += Boolean.TRUE.equals(actual.get("ok")) ? 1 : 0;
            if (!expected.equals(actual)) {
                disagreements.add(SafeText.quote(texts.get(i), 600) + ": expected " + expected + " but was " + actual);
            }
        }
    }

    private static Map<String, Object> read(String text) {
        try {
            ImageReference reference = ImageReference.parse(text);
            return Map.of(
                    "ok", true,
                    "domain", reference.registry(),
                    "path", reference.repository(),
                    "tag", reference.tag().orElse(""),
                    "digest", reference.digest().map(Digest::toString).orElse(""),
                    "familiar", reference.familiar(),
                    "string", reference.canonical());
        } catch (ReferenceSyntaxException e) {
            return Map.of("ok", false, "domain", "", "path", "", "tag", "", "digest", "");
        }
    }
}
