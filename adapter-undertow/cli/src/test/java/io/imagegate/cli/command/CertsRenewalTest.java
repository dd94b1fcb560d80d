package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.PemFiles;
import io.imagegate.server.tls.TlsFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code certs --ca} signs new certificates by the authority that is there. */
class CertsRenewalTest {

    private static final List<String> LEAVES =
            List.of("apiserver-client-key.pem", "apiserver-client.pem", "webhook-key.pem", "webhook.pem");

    @TempDir
    Path folder = Path.of("");

    private final StringWriter err = new StringWriter();
    private Path authority = Path.of("");
    private Path out = Path.of("");

    @BeforeEach
    void makeAuthority() {
        authority = folder.resolve("authority");
        out = folder.resolve("out");
        assertThat(certs("--out", authority.toString())).isZero();
    }

    private int certs(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--host", "localhost"));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of("certs"));
        all.addAll(List.of(arguments));
        return ImagegateCommand.commandLine(Map.of())
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    private int renew(String... more) {
        List<String> all = new ArrayList<>(List.of("--ca", authority.toString(), "--out", out.toString()));
        all.addAll(List.of(more));
        return certs(all.toArray(String[]::new));
    }

    private static Map<String, String> contents(Path in) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (var files = Files.list(in)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }

    private static X509Certificate certificate(Path in, String name) {
        return TlsFiles.certificates(in.resolve(name)).get(0);
    }

    @Test
    void writesTheLeavesAndTheAuthorityWithoutItsKey() throws Exception {
        Map<String, String> before = contents(authority);

        assertThat(renew()).as(err.toString()).isZero();

        Map<String, String> renewed = contents(out);
        assertThat(renewed)
                .containsOnlyKeys(
                        "apiserver-client-key.pem", "apiserver-client.pem", "ca.pem", "webhook-key.pem", "webhook.pem");
        assertThat(renewed).containsEntry("ca.pem", before.get("ca.pem"));
        assertThat(contents(authority)).isEqualTo(before);
        for (String leaf : LEAVES) {
            assertThat(renewed.get(leaf)).isNotEqualTo(before.get(leaf));
        }
        for (String leaf : List.of("webhook.pem", "apiserver-client.pem")) {
            certificate(out, leaf).verify(certificate(authority, "ca.pem").getPublicKey());
        }
        assertThat(certificate(out, "webhook.pem").getSubjectAlternativeNames()).hasToString("[[2, localhost]]");
    }

    @Test
    void renewsInPlaceWhenForcedAndLeavesTheAuthorityAsItIs() throws Exception {
        Map<String, String> before = contents(authority);
        out = Files.createSymbolicLink(folder.resolve("link"), authority);

        assertThat(renew()).isEqualTo(2);
        assertThat(err.toString()).contains("webhook.pem: already exists; --force replaces");
        assertThat(contents(authority)).isEqualTo(before);

        assertThat(renew("--force")).as(err.toString()).isZero();
        Map<String, String> after = contents(authority);
        assertThat(after)
                .hasSameSizeAs(before)
                .containsEntry("ca.pem", before.get("ca.pem"))
                .containsEntry("ca-key.pem", before.get("ca-key.pem"));
        for (String leaf : LEAVES) {
            assertThat(after.get(leaf)).isNotEqualTo(before.get(leaf));
        }
    }

    @Test
    void makesACertificateForEachClient() throws Exception {
        assertThat(renew("--client-name", "prod-apiserver,dev-apiserver")).isZero();
        assertThat(contents(out))
                .containsOnlyKeys(
                        "ca.pem",
                        "dev-apiserver-client-key.pem",
                        "dev-apiserver-client.pem",
                        "prod-apiserver-client-key.pem",
                        "prod-apiserver-client.pem",
                        "webhook-key.pem",
                        "webhook.pem");
        X509Certificate client = certificate(out, "prod-apiserver-client.pem");
        assertThat(client.getSubjectX500Principal()).hasToString("CN=prod-apiserver");
        assertThat(client.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        client.verify(certificate(authority, "ca.pem").getPublicKey());
    }

    @Test
    void addsAClientAndLeavesTheWebhookAsItIs() throws Exception {
        Map<String, String> before = contents(authority);
        String[] added = {"--ca", authority.toString(), "--out", authority.toString(), "--client-name", "stage"};
        assertThat(run(added)).as(err.toString()).isZero();
        assertThat(contents(authority))
                .containsAllEntriesOf(before)
                .hasSize(before.size() + 2)
                .containsKeys("stage-client.pem", "stage-client-key.pem");
        assertThat(run(added)).isEqualTo(2);
        assertThat(err.toString()).contains("stage-client.pem: already exists; --force replaces");
    }

    @Test
    void withoutAHostItNeedsAClientAndAnAuthority() {
        assertThat(run("--out", out.toString(), "--client-name", "stage")).isEqualTo(2);
        assertThat(err.toString()).contains("expected --host NAME");
        assertThat(run("--ca", authority.toString(), "--out", out.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("expected --host NAME");
        assertThat(renew("--client-name", "../stage")).isEqualTo(2);
        assertThat(err.toString()).contains("\"../stage\": expected at most 64 letters, digits");
        assertThat(out).doesNotExist();
    }

    @Test
    void aLeafNeverOutlivesItsAuthority() {
        assertThat(renew("--days", "3650")).isZero();
        Instant end = certificate(authority, "ca.pem").getNotAfter().toInstant();
        assertThat(certificate(out, "webhook.pem").getNotAfter().toInstant()).isEqualTo(end);
        assertThat(certificate(out, "apiserver-client.pem").getNotAfter().toInstant())
                .isEqualTo(end);

        assertThat(renew("--days", "30", "--force")).isZero();
        assertThat(certificate(out, "webhook.pem").getNotAfter().toInstant()).isBefore(end);
        assertThat(certificate(out, "webhook.pem").getNotBefore().toInstant())
                .isBetween(certificate(authority, "ca.pem").getNotBefore().toInstant(), Instant.now());
    }

    @Test
    void refusesWhatIsNoAuthorityThatCanSignNow() throws IOException {
        Files.copy(authority.resolve("webhook.pem"), folder.resolve("ca.pem"));
        Files.copy(authority.resolve("webhook-key.pem"), folder.resolve("ca-key.pem"));
        authority = folder;
        assertThat(renew()).isEqualTo(2);
        assertThat(err.toString())
                .contains("ca.pem: expected the certificate of an authority")
                .hasLineCount(1);

        Authority expired = Authority.create("old", Instant.now().minus(Duration.ofDays(2)), Duration.ofDays(1));
        PemFiles.writeCertificates(expired.identity(), folder.resolve("ca.pem"));
        PemFiles.writeKey(expired.identity(), folder.resolve("ca-key.pem"));
        assertThat(renew()).isEqualTo(2);
        assertThat(err.toString())
                .contains("ca.pem: expected an authority that is valid now")
                .hasLineCount(1);

        Files.delete(folder.resolve("ca-key.pem"));
        assertThat(renew()).isEqualTo(2);
        assertThat(err.toString()).contains("ca-key.pem: no such file").hasLineCount(1);
        assertThat(out).doesNotExist();
    }

    @Test
    void neverReplacesAnotherAuthority() throws IOException {
        assertThat(certs("--out", out.toString())).isZero();
        Map<String, String> other = contents(out);
        assertThat(renew("--force")).isEqualTo(2);
        assertThat(err.toString())
                .contains("ca-key.pem: the key of another authority")
                .hasLineCount(1);
        assertThat(contents(out)).isEqualTo(other);
    }

    @Test
    void forceRenewsWithTheAuthorityThatIsThere() throws Exception {
        Map<String, String> before = contents(authority);
        assertThat(certs("--out", authority.toString(), "--force"))
                .as(err.toString())
                .isZero();
        Map<String, String> after = contents(authority);
        assertThat(after)
                .containsEntry("ca.pem", before.get("ca.pem"))
                .containsEntry("ca-key.pem", before.get("ca-key.pem"));
        for (String leaf : LEAVES) {
            assertThat(after.get(leaf)).isNotEqualTo(before.get(leaf));
        }
        certificate(authority, "webhook.pem")
                .verify(certificate(authority, "ca.pem").getPublicKey());
    }

    @Test
    void forceReplacesNoAuthorityOfWhichAFileIsMissing() throws IOException {
        for (String missing : List.of("ca-key.pem", "ca.pem")) {
            Files.move(authority.resolve(missing), folder.resolve(missing));
            Map<String, String> before = contents(authority);
            assertThat(certs("--out", authority.toString(), "--force")).isEqualTo(2);
            assertThat(err.toString())
                    .contains(authority.resolve(missing) + ": no such file; expected both files of the authority")
                    .contains("--new-authority")
                    .hasLineCount(1);
            assertThat(contents(authority)).isEqualTo(before);
            Files.move(folder.resolve(missing), authority.resolve(missing));
        }
    }

    @Test
    void forceMakesAnAuthorityWhereThereIsNone() throws IOException {
        Map<String, String> before = contents(authority);
        Files.delete(authority.resolve("ca.pem"));
        Files.delete(authority.resolve("ca-key.pem"));
        assertThat(certs("--out", authority.toString(), "--force")).isZero();
        assertThat(contents(authority)).hasSameSizeAs(before);
    }

    @Test
    void onlyANewAuthorityReplacesTheOldOne() throws IOException {
        Map<String, String> before = contents(authority);
        assertThat(certs("--out", authority.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("ca.pem: already exists; --force replaces certificates and keys, but never");
        assertThat(certs("--out", authority.toString(), "--ca", authority.toString(), "--new-authority"))
                .isEqualTo(2);
        assertThat(contents(authority)).isEqualTo(before);

        assertThat(certs("--out", authority.toString(), "--new-authority")).isZero();
        Map<String, String> after = contents(authority);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        after.forEach((name, text) -> assertThat(text).isNotEqualTo(before.get(name)));
    }

    @Test
    void theCertificateOfAnotherAuthorityIsNotReplaced() throws IOException {
        assertThat(certs("--out", out.toString())).isZero();
        Files.delete(out.resolve("ca-key.pem"));
        Map<String, String> other = contents(out);
        assertThat(renew("--force")).isEqualTo(2);
        assertThat(err.toString())
                .contains("ca.pem: another authority; expected")
                .hasLineCount(1);
        assertThat(contents(out)).isEqualTo(other);
    }
}
