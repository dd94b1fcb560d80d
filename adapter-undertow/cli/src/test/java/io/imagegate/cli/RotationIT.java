package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.cli.command.ImagegateHere;
import io.imagegate.server.Conditions;
import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.Identity;
import io.imagegate.server.tls.Issued;
import io.imagegate.server.tls.Issued.Dates;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of a running server are replaced in the way in which a mounted Secret is. */
class RotationIT {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONG = DAY.multipliedBy(100);
    private static final String SUCCESSFUL = "imagegate_certificate_last_reload_successful";
    private static final String SUCCESSES = "imagegate_certificate_reloads_total{outcome=\"success\"}";
    private static final String USABLE = "imagegate_certificate_usable{certificate=\"serving\"}";
    private static final String FAILURES = "imagegate_certificate_reloads_total{outcome=\"failure\"}";

    private final Authority authority = authority("first");
    private final Identity old = webhook(LONG);
    private final Identity fresh = webhook(LONG.multipliedBy(2));

    @TempDir
    Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private SecretVolume volume;

    @BeforeEach
    void mount() throws Exception {
        volume = new SecretVolume(folder);
        volume.next().identity(old).clientAuthorities(authority.identity()).publish();
    }

    @Test
    void aNewPairIsUsedAndNoConnectionIsDropped() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_1_1);
        String review = ReviewTester.review("nginx:1");
        try (RunningServer server = ServerHere.serve(folder, "--request-timeout", "60s");
                SSLSocket kept = tester.connect(server);
                SSLSocket begun = tester.announce(server, review.length())) {
            assertThat(ReviewTester.askOver(kept, "nginx")).isEqualTo("denied");
            volume.next()
                    .identity(fresh)
                    .clientAuthorities(authority.identity())
                    .publish();
            Conditions.await(
                    "the new one is used", () -> tester.certificate(server).equals(fresh.certificate()));

            assertThat(ReviewTester.askOver(kept, "nginx:1")).isEqualTo("allowed");
            begun.getOutputStream().write(review.getBytes(StandardCharsets.US_ASCII));
            assertThat(ReviewTester.answer(begun)).isEqualTo("allowed");
            assertThat(tester.ask(server, "nginx")).isEqualTo("denied");
            assertThat(server.metric("imagegate_certificate_expiry_timestamp_seconds"))
                    .isEqualTo((double)
                            fresh.certificate().getNotAfter().toInstant().getEpochSecond());
            assertThat(server.metric(SUCCESSES)).isEqualTo(2);
        }
    }

    @Test
    void aPairThatCannotBeUsedChangesNothingUntilTheRightOneComes() throws Exception {
        ReviewTester tester = ReviewTester.trusting(folder, Version.HTTP_1_1);
        try (RunningJar server = RunningJar.serveManaged(folder)) {
            expectRefusal(server, tester, volume.next().certificatesOf(fresh).keyOf(old), "does not belong to");
            expectRefusal(
                    server, tester, volume.next().garbageForCertificates().keyOf(fresh), "expected PEM certificates");
            expectRefusal(server, tester, volume.next().certificatesOf(fresh), "no such file");
            assertThat(server.metric(FAILURES)).isEqualTo(3);

            volume.next().identity(fresh).publish();
            Conditions.await("the right one is used", () -> server.metric(SUCCESSFUL) == 1);
            assertThat(tester.certificate(server)).isEqualTo(fresh.certificate());
        }
    }

    private static void expectRefusal(
            RunningJar server, ReviewTester tester, SecretVolume.Generation wrong, String problem) throws Exception {
        double failures = server.metric(FAILURES);
        var before = tester.certificate(server);
        wrong.publish();
        Conditions.await("it is refused: " + problem, () -> server.metric(FAILURES) > failures);
        assertThat(server.metric(SUCCESSFUL)).isZero();
        Conditions.await(
                "it is logged: " + problem,
                () -> server.output()
                        .lines()
                        .anyMatch(line -> line.contains("ERROR rejected the new certificate, the old one stays in use")
                                && line.contains(problem)));
        assertThat(tester.certificate(server)).isEqualTo(before);
        assertThat(tester.ask(server, "nginx:1")).isEqualTo("allowed");
        assertThat(server.manage("/readyz")).isEqualTo("200 ok\n");
    }

    @Test
    void clientsMoveFromOneAuthorityToAnother() throws Exception {
        Authority second = authority("second");
        ReviewTester ours = client(authority);
        ReviewTester theirs = client(second);
        try (RunningServer server = ServerHere.serve(
                        folder, "--client-ca", volume.clientAuthorities().toString());
                SSLSocket kept = ours.connect(server)) {
            assertThat(ReviewTester.askOver(kept, "nginx")).isEqualTo("denied");
            expectNoAnswer(server, theirs);

            admit(server, authority, second);
            assertThat(askAnew(server, ours)).isEqualTo("allowed");
            assertThat(askAnew(server, theirs)).isEqualTo("allowed");

            admit(server, second);
            assertThat(askAnew(server, theirs)).isEqualTo("allowed");
            // Not even with the ticket of an earlier session.
            expectNoAnswer(server, ours);
            assertThat(ReviewTester.askOver(kept, "nginx"))
                    .as("in the connection that it has")
                    .isEqualTo("denied");
        }
    }

    private void admit(RunningServer server, Authority... authorities) throws Exception {
        double before = server.metric(SUCCESSES);
        Identity all = new Identity(
                authority.identity().key(),
                List.of(authorities).stream()
                        .map(one -> one.identity().certificate())
                        .toList());
        volume.next().identity(old).clientAuthorities(all).publish();
        Conditions.await("authorities are loaded", () -> server.metric(SUCCESSES) > before);
    }

    private static String askAnew(RunningServer server, ReviewTester client) throws IOException {
        try (SSLSocket socket = client.connect(server)) {
            return ReviewTester.askOver(socket, "nginx:1");
        }
    }

    private static void expectNoAnswer(RunningServer server, ReviewTester client) {
        assertThatThrownBy(() -> askAnew(server, client)).isInstanceOf(IOException.class);
    }

    private ReviewTester client(Authority issuer) throws Exception {
        return ReviewTester.as(
                issuer.client("kube-apiserver", DAY), authority.identity().certificate(), Version.HTTP_1_1);
    }

    private Identity webhook(Duration validity) {
        return authority.server(List.of(Host.parse("127.0.0.1"), Host.parse("localhost")), validity);
    }

    private static Authority authority(String name) {
        return Authority.create(name, Instant.now(), LONG.multipliedBy(3));
    }

    @Test
    void anExpiredCertificateIsNoticedByTheClockAloneAndMendedByItsFile() throws Exception {
        volume.next()
                .identity(webhook(Duration.ofSeconds(10)))
                .clientAuthorities(authority.identity())
                .publish();
        try (RunningServer server = ServerHere.serve(folder)) {
            Conditions.await(
                    "it expires",
                    () -> server.manage("/readyz")
                            .startsWith("503 not ready: the certificate of --tls-cert expired at "));
            assertThat(server.manage("/readyz?verbose"))
                    .startsWith("503 [+]policies ok\n[-]certificate: the certificate of --tls-cert expired at ")
                    .endsWith("\nnot ready\n");
            assertThat(server.manage("/livez")).isEqualTo("200 ok\n");
            assertThat(server.metric("imagegate_ready")).isZero();
            assertThat(server.metric(USABLE)).isZero();
            assertThat(server.metric(SUCCESSES)).as("nothing was loaded").isOne();

            volume.next()
                    .identity(fresh)
                    .clientAuthorities(authority.identity())
                    .publish();
            Conditions.await("it is replaced", () -> server.manage("/readyz").equals("200 ok\n"));
            assertThat(server.metric(USABLE)).isOne();
            assertThat(server.metric("imagegate_client_authority_expiry_timestamp_seconds"))
                    .as("clients need no certificate")
                    .isNaN();
        }
    }

    @Test
    void aCertificateWithAnotherNameIsNoticed() throws Exception {
        try (RunningServer server = ServerHere.serve(folder, "--service-name", "imagegate.ns.svc,10.0.0.1")) {
            assertThat(server.manage("/readyz"))
                    .isEqualTo("503 not ready: the certificate of --tls-cert is valid for none of the names of"
                            + " --service-name: imagegate.ns.svc, 10.0.0.1\n");
            volume.next()
                    .identity(authority.server(List.of(Host.parse("*.ns.svc")), LONG))
                    .clientAuthorities(authority.identity())
                    .publish();
            Conditions.await("the name is there", () -> server.manage("/readyz").equals("200 ok\n"));
        }
    }

    @Test
    void anAuthorityThatHasExpiredLetsNoClientIn() throws Exception {
        Instant now = Instant.now();
        Issued expired = Issued.root("old", new Dates(now.minus(LONG), now.minus(DAY)));
        Issued client = expired.leaf(KeyPurposeId.id_kp_clientAuth, new Dates(now.minus(DAY), now.plus(LONG)));
        volume.next().identity(old).clientAuthorities(expired.below()).publish();
        ReviewTester its = ReviewTester.as(client.below(), authority.identity().certificate(), Version.HTTP_1_1);
        try (RunningServer server = ServerHere.serve(
                folder, "--client-ca", volume.clientAuthorities().toString())) {
            assertThat(server.manage("/readyz")).startsWith("503 not ready: the authority of --client-ca expired at ");
            assertThat(server.metric("imagegate_certificate_usable{certificate=\"clients\"}"))
                    .isZero();
            assertThat(server.metric(USABLE)).isOne();
            expectNoAnswer(server, its);
            Conditions.await(
                    "it is counted",
                    () -> server.metric("imagegate_tls_handshake_failures_total{reason=\"expired\"}") == 1);

            X509Certificate valid = authority.identity().certificate();
            volume.next()
                    .identity(old)
                    .clientAuthorities(new Identity(authority.identity().key(), List.of(expired.certificate(), valid)))
                    .publish();
            Conditions.await("another is valid", () -> server.isReady());
            assertThat(server.manage("/readyz"))
                    .isEqualTo("200 ok\nwarning: 1 of 2 authorities of --client-ca is not valid now, so their clients"
                            + " are refused\n");
            assertThat(server.metric("imagegate_client_authority_expiry_timestamp_seconds"))
                    .isEqualTo((double) valid.getNotAfter().toInstant().getEpochSecond());
            expectNoAnswer(server, its);
            assertThat(askAnew(server, client(authority))).isEqualTo("allowed");
        }
    }

    @Test
    void aDryRunFailsWithACertificateThatClientsRefuse() throws Exception {
        String[] run = RunningJar.arguments(folder, "--dry-run", "--service-name", "imagegate.ns.svc");
        Program.Result result = ImagegateHere.run(Map.of(), run);
        assertThat(result.status()).as(result.err()).isEqualTo(2);
        assertThat(result.err())
                .contains("not ready: the certificate of --tls-cert is valid for none of the names of --service-name:"
                        + " imagegate.ns.svc");
        result = ImagegateHere.run(Map.of(), RunningJar.arguments(folder, "--dry-run", "--service-name", "127.0.0.1"));
        assertThat(result.status()).as(result.err()).isZero();
        result = ImagegateHere.run(Map.of(), RunningJar.arguments(folder, "--service-name", "*.ns.svc"));
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("--service-name \"*.ns.svc\": expected a name without a wildcard");
    }
}
