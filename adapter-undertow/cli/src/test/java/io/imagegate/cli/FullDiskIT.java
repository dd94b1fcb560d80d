package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import io.imagegate.server.Conditions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No line can be written while API servers ask; a line of a table is printed, as in FaultsIT. */
@Tag("full")
class FullDiskIT {

    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    Path folder = Path.of("");

    @Test
    void nothingCanBeLogged() throws Exception {
        Machine.needs(Files.isWritable(FULL), FULL.toString());
        ControlPlane plane = new ControlPlane(folder);
        try (RunningJar server =
                        RunningJar.serveOnAFullDisk(plane.certificates(), plane.options("--log-decisions", "all"));
                Load load = plane.load(server.url(), ControlPlane.NGINX, ControlPlane.redis("old", "new"))) {
            plane.write(ControlPlane.policy("new").replace("deny:", "dney:"));
            Conditions.await(
                    "it is seen",
                    () -> server.metric("imagegate_policy_last_reload_successful{policy_set=\"default\"}") == 0);
            plane.write(ControlPlane.policy("new"));
            load.awaitAnswers(2 * Load.RATE);

            assertThat(plane.answer(server, ControlPlane.REDIS)).contains("new one");
            Conditions.await("lines are counted", () -> server.metric("imagegate_log_lines_lost") > Load.RATE);
            ControlPlane.expectNothingLost(load.stop("standard output and error on a full disk"));
            server.askToEnd();
            assertThat(server.exitStatus()).isZero();
        }
    }
}
