package io.imagegate.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The watcher of certificates survives every file and every failure, and reports it. */
@Timeout(60)
@SuppressWarnings("try") // a watcher that is only closed
class LiveTlsTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private volatile @Nullable Error listenerFails;
    private final LiveTls.Listener listener = new LiveTls.Listener() {
        @Override
        public void loaded(SSLContext tls, List<X509Certificate> chain, List<X509Certificate> authorities) {
            Error fails = listenerFails;
            if (fails != null) {
                listenerFails = null;
                Thread.currentThread().interrupt();
                throw fails;
            }
            heard.add("loaded");
        }

        @Override
        public void refused(TlsProblem problem) {
            heard.add(String.valueOf(problem.getMessage()));
        }

        @Override
        public void accepted(X509Certificate certificate) {}

        @Override
        public void rejected(X509Certificate certificate, HandshakeFailure reason) {}
    };

    @TempDir
    Path folder = Path.of("");

    private Path certificate = Path.of("");
    private Path key = Path.of("");

    @BeforeEach
    void writeIdentity() throws IOException {
        certificate = folder.resolve("tls.crt");
        key = folder.resolve("tls.key");
        Identity identity = Authority.create("test", Instant.now(), DAY).server(List.of(Host.parse("localhost")), DAY);
        Files.deleteIfExists(certificate);
        Files.deleteIfExists(key);
        PemFiles.writeCertificates(identity, certificate);
        PemFiles.writeKey(identity, key);
    }

    private LiveTls watch() {
        return LiveTls.watch(certificate, key, null, Duration.ofMillis(5), listener);
    }

    private String next() throws InterruptedException {
        return String.valueOf(heard.poll(30, TimeUnit.SECONDS));
    }

    @Test
    void aPipeAtTheStartIsAnErrorAndNoHang() throws Exception {
        Files.delete(key);
        pipe(key);
        assertThatThrownBy(this::watch).isInstanceOf(TlsProblem.class).hasMessage(key + ": expected a regular file");
    }

    @Test
    // A thread that opens a pipe hears no interruption.
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatIsNoRegularFileOrTooLongIsRefusedAndTheWatcherGoesOn() throws Exception {
        try (LiveTls live = watch()) {
            assertThat(next()).isEqualTo("loaded");
            Path other = folder.resolve("other");
            pipe(other);
            replace(other, certificate);
            assertThat(next()).isEqualTo(certificate + ": expected a regular file");
            try (RandomAccessFile file = new RandomAccessFile(other.toFile(), "rw")) {
                file.setLength(5L << 30);
            }
            replace(other, certificate);
            assertThat(next()).isEqualTo(certificate + ": expected at most 1048576 bytes");
            Files.createSymbolicLink(other, Path.of("/dev/zero"));
            replace(other, certificate);
            assertThat(next()).isEqualTo(certificate + ": expected a regular file");
            Files.createSymbolicLink(other, folder.resolve("nowhere"));
            replace(other, certificate);
            assertThat(next()).isEqualTo(certificate + ": no such file");
            Files.createSymbolicLink(other, folder);
            replace(other, certificate);
            assertThat(next()).isEqualTo(certificate + ": expected a regular file");
            writeIdentity();
            String now = next();
            while (!now.equals("loaded")) {
                // Between the two files of the new identity, the old key is no longer there.
                now = next();
            }
        }
    }

    @Test
    void anErrorIsReportedAndTheFilesAreLoadedAgain() throws Exception {
        try (LiveTls live = watch()) {
            assertThat(next()).isEqualTo("loaded");
            listenerFails = new NoClassDefFoundError("missing");
            Path other = folder.resolve("other");
            Files.writeString(other, Files.readString(certificate) + "\n");
            replace(other, certificate);
            assertThat(next()).isEqualTo(certificate + ": loading failed: java.lang.NoClassDefFoundError: missing");
            assertThat(next()).isEqualTo("loaded");
        }
    }

    private static void pipe(Path file) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
    }

    private static void replace(Path by, Path file) throws IOException {
        Files.move(by, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
