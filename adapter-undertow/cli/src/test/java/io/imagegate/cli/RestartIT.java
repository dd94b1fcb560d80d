package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern VERSION = Pattern.compile("imagegate_build_info\\{version=\"([^\"]*)\"}");

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
        startOne(plane.serve(DRAINING));
    }

    private void startOne(RunningJar server) {
        servers.add(server);
        service.add(server);
    }

    @Test
    void aRollingRestartLosesNothing() throws Exception {
        try (Load load = plane.load(service.url(), ControlPlane.NGINX, ControlPlane.redis("old"))) {
            replaceBoth(load, UnaryOperator.identity());
            ControlPlane.expectNothingLost(load.stop("rolling restart of two, by SIGTERM"));
        }
    }

    /** Ends each in turn, and starts another by a changed command line. */
    private void replaceBoth(Load load, UnaryOperator<List<String>> launch) throws Exception {
        for (RunningJar old : List.copyOf(servers).subList(servers.size() - 2, servers.size())) {
            old.askToEnd();
            assertThat(old.exitStatus()).as(old.output()).isZero();
            service.remove(old);
            startOne(RunningJar.start(launch.apply(RunningJar.command(plane.certificates(), plane.options(DRAINING)))));
            service.awaitReady(2);
            load.awaitAnswers(Load.RATE / 4);
        }
    }

    @Test
    @Tag("nightly")
    void anUpgradeAndARollbackLoseNothing() throws Exception {
        Path next = OtherVersion.write(folder, "99.0.0");
        try (Load load = plane.load(service.url(), ControlPlane.NGINX, ControlPlane.redis("old"))) {
            replaceBoth(load, command -> OtherVersion.instead(command, next));
            assertThat(versions()).containsExactly("99.0.0", "99.0.0");
            replaceBoth(load, UnaryOperator.identity());
            assertThat(versions()).doesNotContain("99.0.0");
            ControlPlane.expectNothingLost(load.stop("upgrade of two to another version, and rollback"));
        }
    }

    private List<String> versions() throws IOException, InterruptedException {
        List<String> versions = new ArrayList<>();
        for (RunningJar server : servers.subList(servers.size() - 2, servers.size())) {
            Matcher found = VERSION.matcher(server.manage("/metrics"));
            assertThat(found.find()).isTrue();
            versions.add(found.group(1));
        }
        return versions;
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
            expectFewLost(load.stop("one of two is killed"), 1, seconds);
        }
    }

    @Test
    @Tag("nightly")
    void bothAreKilledInTurn() throws Exception {
        try (Load load = plane.load(service.url(), ControlPlane.NGINX, ControlPlane.redis("old"))) {
            double seconds = 0;
            for (RunningJar old : List.copyOf(servers)) {
                long killed = System.nanoTime();
                old.kill();
                service.awaitReady(1);
                seconds += (System.nanoTime() - killed) / 1e9;
                service.remove(old);
                startOne();
                service.awaitReady(2);
                load.awaitAnswers(Load.RATE);
            }
            expectFewLost(load.stop("both of two are killed in turn"), 2, seconds);
        }
    }

    /** Those that were open at a killed one, and those that the Service sent there until it saw that it is gone. */
    private static void expectFewLost(Load.Result result, int killed, double seconds) {
        ControlPlane.expectNothingWrong(result);
        assertThat(result.counts().lost())
                .as(result.problems())
                .isLessThanOrEqualTo((long) killed * Load.CONCURRENCY + (long) (Load.RATE * seconds));
        assertThat(result.problems().lines().filter(line -> line.contains("lost: ")))
                .allMatch(line -> FaultsIT.NOBODY_THERE.matcher(line).find());
    }
}
