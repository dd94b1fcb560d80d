package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.Conditions;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Thousands of slow connections while API servers ask; a line of a table is printed, as in FaultsIT. */
@Tag("full")
@Isolated("It measures or attacks.")
class CrowdIT {

    private static final int CROWD = 10_000;

    /** What a server lets in that was not told otherwise. */
    private static final int MOST = 768;

    private static final String CONNECTIONS = "imagegate_connections";
    private static final String DISPLACED = "imagegate_reviews_rejected_total{reason=\"connection\"}";

    @TempDir
    Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private ControlPlane plane;

    @BeforeEach
    void prepare() throws Exception {
        plane = new ControlPlane(folder);
    }

    @Test
    void theyDisplaceEachOther() throws Exception {
        int size = SlowCrowd.sizeUpTo(CROWD);
        try (RunningJar server = plane.serve();
                Load load = plane.load(server.url(), ControlPlane.NGINX, ControlPlane.redis("old"));
                SlowCrowd crowd = new SlowCrowd(server, size)) {
            Conditions.await("nearly all have given way", () -> server.metric(DISPLACED) > size - MOST);
            load.awaitAnswers(3 * Load.RATE);
            assertThat(server.metric(CONNECTIONS)).isLessThanOrEqualTo(MOST);
            ControlPlane.expectNothingLost(load.stop(size + " slow connections, " + MOST + " let in"));
            assertThat(crowd.isComing()).isTrue();
        }
    }

    @Test
    void theyAreAllLetIn() throws Exception {
        int size = SlowCrowd.sizeUpTo(CROWD);
        try (RunningJar server = plane.serve("--max-connections", "20000", "--request-timeout", "10m");
                Load load = plane.load(server.url(), ControlPlane.NGINX, ControlPlane.redis("old"));
                SlowCrowd crowd = new SlowCrowd(server, size)) {
            Conditions.await("all are in", () -> server.metric(CONNECTIONS) > size);
            load.awaitAnswers(3 * Load.RATE);
            assertThat(server.metric(CONNECTIONS)).isGreaterThan(size);
            ControlPlane.expectNothingLost(load.stop(size + " slow connections, all let in"));
            assertThat(crowd.isComing()).isTrue();
            assertThat(server.output()).doesNotContain("OutOfMemory");
        }
    }
}
