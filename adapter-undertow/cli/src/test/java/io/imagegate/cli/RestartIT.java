package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers behind a Service are restarted while API servers ask; a line of a table is printed, as in FaultsIT. */
@Tag("full")
class RestartIT {

    /** Longer than the balancer takes to see that one is not ready. */
    private static final String[] DRAINING = {"--drain-delay", "2s"};

    @TempDir
    Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private ControlPlane plane;

    @SuppressWarnings("NullAway.Init")
    private Balancer service;

    private final List<RunningJar> servers = new ArrayList<>();

    @BeforeEach
    void startTwo() throws Exception {
        service = new Balancer();
        plane = new ControlPlane(folder);
        startOne();
        startOne();
        service.awaitReady(2);
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
        for (RunningJar server : servers) {
            server.close();
        }
    }

    private void startOne() throws Exception {
        RunningJar server = plane.serve(DRAINING);
        servers.add(server);
        service.add(server);
    }

    @Test
    void aRollingRestartLosesNothing() throws Exception {
        try (Load load = plane.load(service.url(), ControlPlane.NGINX, ControlPlane.redis("old"))) {
            for (int i = 0; i < 2; i++) {
                RunningJar old = servers.get(i);
                old.askToEnd();
                assertThat(old.exitStatus()).as(old.output()).isZero();
                service.remove(old);
                startOne();
                service.awaitReady(2);
                load.awaitAnswers(Load.RATE / 4);
            }
            ControlPlane.expectNothingLost(load.stop("rolling restart of two"));
        }
    }

    /** What one had been asked is lost with it, and what comes before the Service sees that it is gone. */
    @Test
    void oneOfTwoIsKilled() throws Exception {
        try (Load load = plane.load(service.url(), ControlPlane.NGINX, ControlPlane.redis("old"))) {
            long killed = System.nanoTime();
            servers.get(0).kill();
            service.awaitReady(1);
            double seconds = (System.nanoTime() - killed) / 1e9;
            load.awaitAnswers(Load.RATE);
            Load.Result result = load.stop("one of two is killed");

            ControlPlane.expectNothingWrong(result);
            assertThat(result.counts().lost())
                    .as(result.problems())
                    .isLessThanOrEqualTo(Load.CONCURRENCY + (long) (Load.RATE * seconds));
        }
    }
}
