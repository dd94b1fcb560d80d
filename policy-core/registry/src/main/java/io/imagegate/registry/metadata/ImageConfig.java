package io.imagegate.registry.metadata;

import io.imagegate.registry.content.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * What the configuration of an image says.
 *
 * @param platform operating system, architecture and variant
 * @param created when it was built, by its own account; empty if it says nothing that is an instant
 * @param labels its labels
 */
public record ImageConfig(String platform, Optional<Instant> created, Map<String, String> labels) {

    /** Largest configuration. */
    public static final long LIMIT = 4 << 20;

    public static ImageConfig read(byte[] text) {
        Json json = Json.read("the configuration of the image", text);
        return new ImageConfig(
                OciManifestReader.platform(json),
                json.text("created").flatMap(ImageConfig::instant),
                json.object("config").map(inner -> inner.texts("Labels")).orElse(Map.of()));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
