package io.imagegate.server.tls;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Loads certificate, key and client authorities, and reloads them when their files change. Contents are compared, so
 * any change is noticed, such as the symbolic links that Kubernetes swaps. New files are used together, once they are
 * valid and have stopped changing; until then the old ones stay in use. Only regular files of at most 1 MiB are read. A
 * failure is reported, and watching continues.
 */
public final class LiveTls implements AutoCloseable {

    private static final Logger LOG = System.getLogger(LiveTls.class.getName());

    /** Called when files were loaded or rejected. */
    public interface Listener extends ClientCertificates {

        /**
         * The files were loaded.
         *
         * @param tls a new context, so that no client resumes a session of the old one
         * @param certificate the server's
         */
        void loaded(SSLContext tls, X509Certificate certificate);

        /**
         * The files are missing or invalid.
         *
         * @param problem why
         */
        void refused(TlsProblem problem);
    }

    private final List<Path> files;
    private final Listener listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private List<PemText> settled = List.of();
    private @Nullable List<PemText> changing;
    private @Nullable String failure;

    private LiveTls(List<Path> files, Listener listener) {
        this.files = files;
        this.listener = listener;
    }

    /**
     * Loads the files and watches them.
     *
     * @param certificates of the server, PEM
     * @param key of the server, PEM
     * @param authorities of clients, PEM; null when clients show no certificate
     * @param interval between two checks; a change is used after two
     * @param listener called for the first load before this returns, and for each later one
     * @return the watch; close it to end it
     * @throws TlsProblem when the files are missing or invalid
     */
    public static LiveTls watch(
            Path certificates, Path key, @Nullable Path authorities, Duration interval, Listener listener) {
        List<Path> files = authorities == null ? List.of(certificates, key) : List.of(certificates, key, authorities);
        LiveTls live = new LiveTls(files, listener);
        live.settle(live.read());
        Thread watcher = new Thread(() -> live.watch(interval), "imagegate-certificates");
        watcher.setDaemon(true);
        watcher.start();
        return live;
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void watch(Duration interval) {
        boolean ended = false;
        while (!ended) {
            try {
                ended = closed.await(interval.toNanos(), TimeUnit.NANOSECONDS);
                if (!ended) {
                    look();
                }
            } catch (Throwable unforeseen) {
                // Interrupted by a listener, or out of memory even for the report: the next check follows.
            }
        }
    }

    private void look() {
        try {
            List<PemText> now = read();
            if (now.equals(changing)) {
                settle(now);
            } else {
                changing = now.equals(settled) ? null : now;
            }
        } catch (TlsProblem problem) {
            listener.refused(problem);
        } catch (Throwable unforeseen) {
            // The files may be valid: the next checks load them again.
            settled = List.of();
            changing = null;
            report(unforeseen);
        }
    }

    private void settle(List<PemText> contents) {
        changing = null;
        settled = contents;
        Identity identity = TlsFiles.identity(contents.get(0), contents.get(1));
        List<X509Certificate> authorities = contents.size() > 2 ? TlsFiles.certificates(contents.get(2)) : List.of();
        listener.loaded(TlsContexts.server(identity, authorities, listener), identity.certificate());
        failure = null;
        Path authoritiesFile = files.size() > 2 ? files.get(2) : null;
        TlsWarnings.of(files.get(1), authoritiesFile, authorities).forEach(warning -> LOG.log(Level.WARNING, warning));
    }

    /** Reports a repeated failure once. */
    private void report(Throwable unforeseen) {
        String message = files.get(0) + ": loading failed: " + unforeseen;
        if (!message.equals(failure)) {
            failure = message;
            LOG.log(Level.ERROR, "loading certificates failed", unforeseen);
            listener.refused(new TlsProblem(message, unforeseen));
        }
    }

    private List<PemText> read() {
        return files.stream().map(PemText::read).toList();
    }
}
