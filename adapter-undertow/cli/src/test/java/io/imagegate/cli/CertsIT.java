package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import io.imagegate.cli.Program.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that {@code certs} writes, as the other side's tools see them. */
class CertsIT {

    private static final List<String> NAMES = List.of("ca", "webhook", "apiserver-client");

    @TempDir
    Path folder = Path.of("");

    @Test
    void writesSixFilesAndKeepsTheKeysToTheirOwner() throws Exception {
        certs("--host", "localhost");

        for (String name : NAMES) {
            assertThat(mode(name + ".pem")).isEqualTo("rw-r--r--");
            assertThat(mode(name + "-key.pem")).isEqualTo("rw-------");
        }
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(6);
        }
    }

    @Test
    void replacesNothingUnlessForced() throws Exception {
        certs("--host", "localhost");
        byte[] before = Files.readAllBytes(folder.resolve("ca.pem"));
        Files.delete(folder.resolve("webhook-key.pem"));

        Result refused = run("--host", "localhost");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("ca.pem: already exists").hasLineCount(1);
        assertThat(folder.resolve("ca.pem")).hasBinaryContent(before);
        assertThat(folder.resolve("webhook-key.pem")).doesNotExist();

        assertThat(run("--host", "localhost", "--force").status()).isZero();
        assertThat(folder.resolve("ca.pem")).hasBinaryContent(before);
        assertThat(mode("webhook-key.pem")).isEqualTo("rw-------");
    }

    @Test
    void opensslAcceptsThemForTheirPurposeAndNames() throws Exception {
        Machine.needs("openssl");
        certs("--host", "webhook.imagegate.svc", "127.0.0.1", "--host", "::1,*.example.org", "--days", "30");

        verifies("sslserver", "webhook.pem", "-verify_hostname", "webhook.imagegate.svc");
        verifies("sslserver", "webhook.pem", "-verify_hostname", "a.example.org");
        verifies("sslserver", "webhook.pem", "-verify_ip", "127.0.0.1");
        verifies("sslserver", "webhook.pem", "-verify_ip", "::1");
        verifies("sslclient", "apiserver-client.pem");
        assertThat(verify("sslserver", "webhook.pem", "-verify_hostname", "elsewhere")
                        .status())
                .isNotZero();
        assertThat(verify("sslserver", "apiserver-client.pem").status()).isNotZero();
        assertThat(verify("sslclient", "webhook.pem").status()).isNotZero();
        for (String name : NAMES) {
            assertThat(openssl("pkey", "-noout", "-check", "-in", path(name + "-key.pem"))
                            .status())
                    .isZero();
        }
        assertThat(openssl("x509", "-noout", "-checkend", "2505600", "-in", path("webhook.pem"))
                        .status())
                .isZero();
        assertThat(openssl("x509", "-noout", "-checkend", "2592001", "-in", path("webhook.pem"))
                        .status())
                .isOne();
    }

    private void verifies(String purpose, String file, String... more) throws Exception {
        Result result = verify(purpose, file, more);
        assertThat(result.status()).as(result.out() + result.err()).isZero();
    }

    private Result verify(String purpose, String file, String... more) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("openssl", "verify", "-x509_strict"));
        command.addAll(List.of("-CAfile", path("ca.pem"), "-purpose", purpose));
        command.addAll(List.of(more));
        command.add(path(file));
        return Program.run(command);
    }

    private static Result openssl(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        return Program.run(command);
    }

    private void certs(String... arguments) throws Exception {
        Result result = run(arguments);
        assertThat(result.status()).as(result.err()).isZero();
    }

    private Result run(String... arguments) throws Exception {
        List<String> command = Program.imagegate("certs", "--out", folder.toString());
        command.addAll(List.of(arguments));
        return Program.run(command);
    }

    private String path(String file) {
        return folder.resolve(file).toString();
    }

    private String mode(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }
}
