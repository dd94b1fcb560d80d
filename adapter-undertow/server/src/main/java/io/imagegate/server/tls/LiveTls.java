package io.imagegate.server.tls;

import io.imagegate.follow.FileContents;
import io.imagegate.follow.FileFollower;
import io.imagegate.time.TimeSource;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
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
         * @param chain the server's certificate first
         * @param authorities those of clients; empty when clients show no certificate
         */
        void loaded(SSLContext tls, List<X509Certificate> chain, List<X509Certificate> authorities);

        /**
         * The files are missing or invalid.
         *
         * @param problem why
         */
        void refused(TlsProblem problem);
    }

    private final List<Path> files;
    private final Listener listener;
    private final FileFollower<FileContents> follower;

    private LiveTls(List<Path> files, Listener listener) {
        this.files = files;
        this.listener = listener;
        FileContents contents = FileContents.read(files);
        use(contents);
        follower = new FileFollower<>(contents, () -> FileContents.read(files), this::useOrRefuse, this::report);
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
        live.follower.start("imagegate-certificates", TimeSource.system(), interval);
        return live;
    }

    @Override
    public void close() {
        follower.close();
    }

    private void useOrRefuse(FileContents contents) {
        try {
            use(contents);
        } catch (TlsProblem problem) {
            listener.refused(problem);
        }
    }

    private void use(FileContents contents) {
        Identity identity = TlsFiles.identity(contents.get(0), contents.get(1));
        List<X509Certificate> authorities = files.size() > 2 ? TlsFiles.certificates(contents.get(2)) : List.of();
        listener.loaded(TlsContexts.server(identity, authorities, listener), identity.chain(), authorities);
        Path authoritiesFile = files.size() > 2 ? files.get(2) : null;
        TlsWarnings.of(files.get(1), authoritiesFile, authorities).forEach(warning -> LOG.log(Level.WARNING, warning));
    }

    private void report(Throwable unforeseen) {
        LOG.log(Level.ERROR, "loading certificates failed", unforeseen);
        listener.refused(new TlsProblem(files.get(0) + ": loading failed: " + unforeseen, unforeseen));
    }
}
