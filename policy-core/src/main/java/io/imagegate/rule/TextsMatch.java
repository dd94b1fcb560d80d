package io.imagegate.rule;

import io.imagegate.fact.PlatformImage;
import io.imagegate.reference.GlobSet;
import io.imagegate.text.SafeText;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The image must have these labels or annotations, with values that match. */
record TextsMatch(Kind kind, Map<String, GlobSet> expected) implements EveryPlatform {

    private static final int SHOWN_TEXT = 100;

    /** Where the texts are written. */
    enum Kind {
        LABEL(Message.LABEL_MISSING, Message.LABEL_MISMATCH) {
            @Override
            Map<String, String> of(PlatformImage image) {
                return image.labels();
            }
        },
        ANNOTATION(Message.ANNOTATION_MISSING, Message.ANNOTATION_MISMATCH) {
            @Override
            Map<String, String> of(PlatformImage image) {
                return image.annotations();
            }
        };

        private final Message missing;
        private final Message mismatch;

        Kind(Message missing, Message mismatch) {
            this.missing = missing;
            this.mismatch = mismatch;
        }

        abstract Map<String, String> of(PlatformImage image);
    }

    static TextsMatch of(Kind kind, Map<String, String> globs) {
        if (globs.isEmpty()) {
            throw new IllegalArgumentException("labels and annotations of an image: expected at least one, got none");
        }
        Map<String, GlobSet> expected = new LinkedHashMap<>();
        globs.forEach((key, glob) -> expected.put(key, GlobSet.of(glob)));
        return new TextsMatch(kind, expected);
    }

    @Override
    public Finding check(PlatformImage image, String platform, Instant instant) {
        Map<String, String> actual = kind.of(image);
        for (Map.Entry<String, GlobSet> entry : expected.entrySet()) {
            String value = actual.get(entry.getKey());
            if (value == null) {
                return Finding.violation(kind.missing, platform, quote(entry.getKey()));
            }
            if (!entry.getValue().matches(value)) {
                return Finding.violation(
                        kind.mismatch,
                        platform,
                        quote(entry.getKey()),
                        quote(value),
                        quote(entry.getValue().toString()));
            }
        }
        return Finding.satisfied();
    }

    private static String quote(String text) {
        return SafeText.quote(text, SHOWN_TEXT);
    }
}
