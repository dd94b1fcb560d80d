package io.imagegate.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is legal in TLS files and hardly meant, and how key files are written. */
class TlsWarningsTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder = Path.of("");

    private final Authority authority = Authority.create("test", Instant.now(), DAY);

    private Path key(String mode) throws IOException {
        Path key = folder.resolve("key.pem");
        PemFiles.writeKey(authority.identity(), key);
        return Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(mode));
    }

    @Test
    void aKeyThatEveryoneCanReadWarns() throws IOException {
        assertThat(TlsWarnings.of(key("rw-r-----"), null, List.of())).isEmpty();
        assertThat(TlsWarnings.of(key("rw----r--"), null, List.of()))
                .containsExactly(folder.resolve("key.pem")
                        + ": every user of this machine can read this private key; expected mode 0600 or 0640");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("key.pem"));
        assertThat(TlsWarnings.of(link, null, List.of())).hasSize(1);
    }

    @Test
    void aLeafAmongTheAuthoritiesWarns() throws IOException {
        X509Certificate root = authority.identity().certificate();
        X509Certificate leaf = authority.client("kube-apiserver", DAY).certificate();
        Path key = key("rw-------");
        Path file = folder.resolve("client-ca.pem");
        assertThat(TlsWarnings.of(key, file, List.of(root))).isEmpty();
        assertThat(TlsWarnings.of(key, file, List.of(root, leaf)))
                .containsExactly(
                        file + ": CN=kube-apiserver is not an authority, so only clients with this very certificate"
                                + " are accepted; expected the certificate of the authority that signed it");
    }

    @Test
    void aKeyReplacesALinkAndIsNeverWrittenThroughIt() throws IOException {
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "untouched");
        Path key = Files.createSymbolicLink(folder.resolve("key.pem"), elsewhere);
        Path fresh = Files.createSymbolicLink(folder.resolve("key.pem.new"), elsewhere);

        PemFiles.writeKey(authority.identity(), key);

        assertThat(elsewhere).hasContent("untouched");
        assertThat(key).isRegularFile().content().startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(Files.isSymbolicLink(key)).isFalse();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(fresh).doesNotExist();
    }
}
