package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import io.imagegate.cli.Load.Question;
import io.imagegate.cli.attack.HostileRegistry;
import io.imagegate.cli.command.SignedRegistry;
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
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's clock leaps while API servers ask; a line of a table is printed, as in FaultsIT. */
@Tag("full")
class ClockIT {

    private static final String ALLOWED = "\"allowed\":true";
    private static final String DENIED = "\"allowed\":false";

    /** How API servers are told that their certificate has expired: in the handshake, or with 403 and the end of the connection. */
    private static final Pattern REFUSED =
            Pattern.compile("remote error: tls|certificate|403|forbidden|Forbidden|" + FaultsIT.NOBODY_THERE.pattern());

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
        try (RunningJar server = RunningJar.start(command(library, plane, "--request-timeout", "15s"));
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

    /**
     * Over the hour for which what was verified is kept, the day for which it counts while the registry is gone, and the month for which
     * certificates hold. Then the server takes no certificate of a client, and is not ready.
     */
    @Test
    @Tag("nightly")
    void theClockLeapsOverLivesOfCachesAndCertificates() throws Exception {
        Path library = Machine.faketime();
        ControlPlane plane = new ControlPlane(folder);
        leap("+0d");
        try (SignedRegistry honest = new SignedRegistry("acme/key");
                HostileRegistry registry =
                        new HostileRegistry(honest.registry().host(), Map.of("signed", "acme/key"), 1)) {
            registry.answerAsItIs();
            String image = registry.host() + "/signed/1@" + SignedRegistry.IMAGE;
            Files.copy(Path.of(SignedRegistry.file("keys/1.pub")), folder.resolve("1.pub"));
            plane.write(
                    ControlPlane.policy("old").replace("spec:", "spec:\n  signers: {release: {keys: [{file: 1.pub}]}}")
                            + "    - {name: signed, match: {images: [\"%s/signed/**\"]}, signature: {by: [$release]}}\n"
                                    .formatted(registry.host()));
            Path registries = Files.writeString(folder.resolve("registries.yaml"), """
                    apiVersion: imagegate.io/v1alpha1
                    kind: ImageRegistries
                    metadata: {name: registries}
                    spec: {registries: [{host: "%s", plainHttp: true}]}
                    """.formatted(registry.host()));
            List<String> command = command(library, plane, "--registries", registries.toString());
            try (RunningJar server = RunningJar.start(command);
                    Load load = plane.load(
                            server.url(),
                            ControlPlane.NGINX,
                            ControlPlane.redis("old"),
                            Question.allowedUnless(image, "is down"))) {
                Conditions.await("allowed", () -> plane.answer(server, image).contains(ALLOWED));
                registry.leave();
                leap("+2h");
                Conditions.await("stale", () -> plane.answer(server, image).contains("as verified at "));
                load.awaitAnswers(Load.RATE);
                leap("+26h");
                Conditions.await("too old", () -> plane.answer(server, image).contains(DENIED));
                load.awaitAnswers(Load.RATE);
                registry.comeBack();
                Conditions.await(
                        "verified anew", () -> plane.answer(server, image).contains(ALLOWED));
                ControlPlane.expectNothingLost(
                        load.stop("the clock leaps over the lives of caches while the registry is gone"));
            }
            leap("+0d");
            try (RunningJar server = RunningJar.start(command);
                    Load load = plane.load(server.url(), ControlPlane.NGINX, ControlPlane.redis("old"))) {
                leap("+40d");
                Conditions.await("not ready", () -> !server.isReady());
                Conditions.await("clients are refused", () -> load.counts().lost() > 0);
                leap("+0d");
                Conditions.await("ready", server::isReady);
                load.awaitAnswers(Load.RATE);
                Load.Result result = load.stop("the clock leaps over the lives of all certificates, and back");
                ControlPlane.expectNothingWrong(result);
                assertThat(result.problems().lines().filter(line -> line.contains("lost: ")))
                        .as(result.problems())
                        .allMatch(line -> REFUSED.matcher(line).find());
            }
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
    private List<String> command(Path library, ControlPlane plane, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "LD_PRELOAD=" + library,
                "FAKETIME_TIMESTAMP_FILE=" + folder.resolve("clock"),
                "FAKETIME_CACHE_DURATION=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                "FAKETIME_FORCE_MONOTONIC_FIX=0"));
        command.addAll(RunningJar.command(plane.certificates(), plane.options(more)));
        return command;
    }

    private void leap(String offset) throws IOException {
        Path next = Files.writeString(folder.resolve("next-clock"), offset);
        Files.move(next, folder.resolve("clock"), StandardCopyOption.REPLACE_EXISTING);
    }
}
