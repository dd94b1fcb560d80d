package io.imagegate.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceVectorsTest {

    private static final int LINES = 10_165;

    @Test
    void everyReferenceIsReadAsTheReferenceImplementationReadsIt() {
        List<Map<String, String>> vectors = ReferenceVectors.all();
        List<String> disagreements = new ArrayList<>();
        int accepted = 0;
        for (Map<String, String> expected : vectors) {
            Map<String, String> actual = read(expected.getOrDefault("input", ""));
            accepted += "true".equals(actual.get("ok")) ? 1 : 0;
            if (!actual.equals(withoutError(expected))) {
                disagreements.add("expected " + expected + " but was " + actual);
            }
        }
        assertThat(disagreements).isEmpty();
        assertThat(vectors).hasSize(LINES);
        assertThat(accepted).isEqualTo(5567);
    }

    private static Map<String, String> withoutError(Map<String, String> vector) {
        Map<String, String> fields = new LinkedHashMap<>(vector);
        fields.remove("error"); // worded by the reference implementation
        return fields;
    }

    private static Map<String, String> read(String input) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("input", input);
        try {
            ImageReference reference = ImageReference.parse(input);
            fields.put("ok", "true");
            fields.put("registry", reference.registry());
            fields.put("repository", reference.repository());
            reference.tag().ifPresent(tag -> fields.put("tag", tag));
            reference.digest().ifPresent(digest -> fields.put("digest", digest.toString()));
            fields.put("familiar", reference.familiar());
            fields.put("canonical", reference.canonical());
        } catch (ReferenceSyntaxException e) {
            fields.put("ok", "false");
        }
        return fields;
    }
}
