package io.imagegate.document.kept;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Sets with everything, and with nothing. */
public final class KeptSetSamples {

    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    private KeptSetSamples() {}

    /** {@return the samples} */
    public static Stream<KeptSet> all() {
        KeptFiles files = new KeptFiles(
                Map.of(Path.of("policies/a.yaml"), new byte[] {0, -1, 10}, Path.of("../keys/ä.pub"), new byte[0]),
                Map.of(Path.of("policies"), List.of(Path.of("policies/a.yaml")), Path.of("/empty"), List.of()));
        return Stream.of(
                new KeptSet("", Optional.empty(), Map.of(), Optional.empty(), NOON),
                new KeptSet(
                        "0.1.0",
                        Optional.of("kind: ImageRegistries\n\u00ff"),
                        Map.of("default", files, "prod", new KeptFiles(Map.of(), Map.of())),
                        Optional.of(NOON.minusSeconds(60)),
                        NOON));
    }
}
