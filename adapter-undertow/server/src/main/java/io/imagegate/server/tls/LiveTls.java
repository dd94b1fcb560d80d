package io.imagegate.server.tls;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Certificate, key and client authorities as their files are now. The contents are compared, so it does not matter how
 * they change, and Kubernetes' swap of a symbolic link is noticed like a file that was written over. New ones are used
 * all together, once they are sound and have stopped changing; until then, the old ones hold.
 */
public final class LiveTls implements AutoCloseable {

    private static final Logger LOG = System.getLogger(LiveTls.class.getName());

    /** Hears what becomes of files that change. */
    public interface Listener {

        /**
         * From now on the server proves itself with these.
         *
         * @param tls a new context, so that nobody goes on with a session that the old one allowed
         * @param certificate the server's
         */
        void loaded(SSLContext tls, X509Certificate certificate);

        /**
         * The files cannot be used as they are now.
         *
         * @param problem why
         */
        void refused(TlsProblem problem);
    }

    private final List<Path> files;
    private final Listener listener;
    private final CountDownLatch closed = new CountDownLatch(1);
    private List<byte[]> settled;
    private @Nullable List<byte[]> changing;

    private LiveTls(List<Path> files, Listener listener) {
        this.files = files;
        this.listener = listener;
        this.settled = contents();
    }

    /**
     * Loads the files and watches them.
     *
     * @param certificates of the server, PEM
     * @param key of the server, PEM
     * @param authorities of clients, PEM; null when clients show no certificate
     * @param interval between two looks; a change is used after two
     * @param listener hears of the first loading before this returns, and of each later one
     * @return to be closed when nothing is to be watched any more
     * @throws TlsProblem when the files cannot be used
     */
    public static LiveTls watch(
            Path certificates, Path key, @Nullable Path authorities, Duration interval, Listener listener) {
        List<Path> files = authorities == null ? List.of(certificates, key) : List.of(certificates, key, authorities);
        LiveTls live = new LiveTls(files, listener);
        live.load();
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
        try {
            while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                look();
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        List<byte[]> now = contents();
        if (changing != null && same(now, changing)) {
            changing = null;
            settled = now;
            loadOrRefuse();
        } else {
            changing = same(now, settled) ? null : now;
        }
    }

    private void loadOrRefuse() {
        try {
            load();
        } catch (TlsProblem problem) {
            listener.refused(problem);
        } catch (RuntimeException unforeseen) {
            LOG.log(Level.ERROR, "new certificates cannot be used, the old ones stay", unforeseen);
        }
    }

    private void load() {
        Identity identity = TlsFiles.identity(files.get(0), files.get(1));
        List<X509Certificate> authorities = files.size() > 2 ? TlsFiles.certificates(files.get(2)) : List.of();
        SSLContext tls = TlsContexts.server(identity, authorities);
        if (!same(contents(), settled)) {
            // They changed while they were read, and may be of two generations. The next look sees the change.
            throw new TlsProblem(files.get(0) + ": changes while it is read");
        }
        listener.loaded(tls, identity.certificate());
    }

    /** Of a file that cannot be read, nothing. */
    private List<byte[]> contents() {
        List<byte[]> contents = new ArrayList<>();
        for (Path file : files) {
            try {
                contents.add(Files.readAllBytes(file));
            } catch (IOException unreadable) {
                contents.add(new byte[0]);
            }
        }
        return contents;
    }

    private static boolean same(List<byte[]> some, List<byte[]> others) {
        for (int i = 0; i < some.size(); i++) {
            if (!Arrays.equals(some.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }
}
