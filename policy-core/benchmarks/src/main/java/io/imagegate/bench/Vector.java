package io.imagegate.bench;

import io.imagegate.bench.peer.Name;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A text, and what the reference implementation says of it.
 *
 * @param input the text
 * @param name its parts, or null where it is refused
 */
record Vector(String input, @Nullable Name name) {

    private static final String FILE = "/io/imagegate/reference/references-1.jsonl.gz";

    /**
     * Reads the recorded references.
     *
     * @param step 1 for all of them, 20 for every twentieth
     * @return the references
     */
    static List<Vector> every(int step) {
        JsonMapper mapper = JsonMapper.builder().build();
        try (InputStream file = Objects.requireNonNull(Vector.class.getResourceAsStream(FILE), FILE);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
            List<Vector> all =
                    lines.lines().map(mapper::readTree).map(Vector::of).toList();
            return IntStream.range(0, all.size())
                    .filter(i -> i % step == 0)
                    .mapToObj(all::get)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Vector of(JsonNode line) {
        String input = line.get("input").stringValue();
        return line.get("ok").booleanValue()
                ? new Vector(
                        input,
                        Name.of(
                                text(line, "registry"),
                                Objects.requireNonNull(text(line, "repository")),
                                text(line, "tag"),
                                text(line, "digest")))
                : new Vector(input, null);
    }

    private static @Nullable String text(JsonNode line, String field) {
        JsonNode value = line.get(field);
        return value == null ? null : value.stringValue();
    }
}
