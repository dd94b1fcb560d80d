package io.imagegate.predicate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Predicates of tests. */
public final class Predicates {

    private Predicates() {}

    /** Opens a text; quotes may be single. */
    public static PredicateReader of(String json) {
        String text = json.contains("\"") ? json : json.replace('\'', '"');
        return PredicateReader.of(() -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The text of a sample: trivy, grype, vex or vsa. */
    public static String sample(String name) {
        try (InputStream in = Predicates.class.getResourceAsStream("scans/" + name + ".json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
