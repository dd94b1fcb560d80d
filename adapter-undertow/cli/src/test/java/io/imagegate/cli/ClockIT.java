package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import io.imagegate.cli.Load.Question;
import io.imagegate.server.Conditions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's clock leaps while API servers ask; a line of a table is printed, as in FaultsIT. */
@Tag("full")
class ClockIT {

    private static final String ALLOWED = "\"allowed\":true";
    private static final String DENIED = "\"allowed\":false";

    @TempDir
    Path folder = Path.of("");

    @Test
    void theClockLeapsForwardAndBack() throws Exception {
        Path library = Machine.faketime();
        ControlPlane plane = new ControlPlane(folder);
        String expiry = LocalDate.now(ZoneOffset.UTC).plusDays(1).toString();
        plane.write(ControlPlane.policy("old") + """
                  exceptions:
                    - {rules: [one, two], images: ["**/redis"], reason: soon replaced, expires: %s}
                """.formatted(expiry));
        leap("+0d");
        try (RunningJar server = RunningJar.start(command(library, plane));
                Load load = plane.load(server.url(), ControlPlane.NGINX, redis(expiry));
                SSLSocket never = plane.tester().announce(server, 100)) {
            assertThat(plane.answer(server, ControlPlane.REDIS)).contains(ALLOWED);
            leapWhileARequestIsUnderWay(plane, server, "+3d", DENIED);
            leapWhileARequestIsUnderWay(plane, server, "-3d", ALLOWED);
            assertThat(never.getInputStream().read())
                    .as("ended by its time-out")
                    .isEqualTo(-1);
            ControlPlane.expectNothingLost(load.stop("the clock leaps three days forward, then six back"));
        }
    }

    /** The denial names the exceptions that have ended. */
    private static Question redis(String expiry) {
        String expired = "; an exception from rule \"%s\" expired on " + expiry + ": \"soon replaced\"";
        return new Question(
                ControlPlane.REDIS,
                "allowed",
                "denied: old one; old two" + expired.formatted("one") + expired.formatted("two"));
    }

    private void leapWhileARequestIsUnderWay(ControlPlane plane, RunningJar server, String to, String expected)
            throws Exception {
        String review = ReviewTester.review("nginx:1");
        try (SSLSocket begun = plane.tester().announce(server, review.length())) {
            leap(to);
            Conditions.await(
                    expected, () -> plane.answer(server, ControlPlane.REDIS).contains(expected));
            begun.getOutputStream().write(review.getBytes(StandardCharsets.US_ASCII));
            assertThat(ReviewTester.answer(begun)).isEqualTo("allowed");
        }
    }

    /** Only the time of day leaps, as when a clock is set; what measures time goes on, and so do time-outs. */
    private List<String> command(Path library, ControlPlane plane) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "LD_PRELOAD=" + library,
                "FAKETIME_TIMESTAMP_FILE=" + folder.resolve("clock"),
                "FAKETIME_CACHE_DURATION=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                "FAKETIME_FORCE_MONOTONIC_FIX=0"));
        command.addAll(RunningJar.command(plane.certificates(), plane.options("--request-timeout", "15s")));
        return command;
    }

    private void leap(String offset) throws IOException {
        Path next = Files.writeString(folder.resolve("next-clock"), offset);
        Files.move(next, folder.resolve("clock"), StandardCopyOption.REPLACE_EXISTING);
    }
}
