package io.imagegate.server.cli.option;

import io.imagegate.server.http.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that limit what clients use. */
public final class LimitOptions {

    @Option(
            names = "--max-body-bytes",
            paramLabel = "BYTES",
            converter = Amounts.Bytes.class,
            description = "Longest body of a review; longer ones are denied (default: 8m).")
    private int bodyBytes = Limits.DEFAULTS.bodyBytes();

    @Option(
            names = "--max-header-bytes",
            paramLabel = "BYTES",
            converter = Amounts.Bytes.class,
            description = "Longest head of a request; longer ones close the connection (default: 32k).")
    private int headerBytes = Limits.DEFAULTS.headerBytes();

    @Option(
            names = "--request-timeout",
            paramLabel = "TIME",
            converter = Durations.Positive.class,
            description = "Time for a request to arrive, then to wait for its turn, then for its answer to be read;"
                    + " time for a new connection to send a request (default: 10s).")
    private Duration requestTimeout = Limits.DEFAULTS.requestTimeout();

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            converter = Durations.Positive.class,
            description = "Time after which a connection without a further request is closed (default: 5m).")
    private Duration idleTimeout = Limits.DEFAULTS.idleTimeout();

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            converter = Amounts.Count.class,
            description = "Open connections. With one more, the longest-idle connection is closed, unused ones first"
                    + " (default: 768).")
    private int connections = Limits.DEFAULTS.connections();

    @Option(
            names = "--max-streams",
            paramLabel = "N",
            converter = Amounts.Count.class,
            description =
                    "Open requests of an HTTP/2 connection, announced to its client. More are answered with 429, twice"
                            + " as many close the connection (default: 100).")
    private int streams = Limits.DEFAULTS.streams();

    @Option(
            names = "--max-resets",
            paramLabel = "N",
            converter = Amounts.Count.class,
            description =
                    "Streams that an HTTP/2 client may reset in ten seconds; more close the connection (default: 200).")
    private int resets = Limits.DEFAULTS.resets();

    @Option(
            names = "--max-in-flight",
            paramLabel = "N",
            converter = Amounts.Count.class,
            description =
                    "Reviews judged or answered at once. Others wait in order for up to --request-timeout, and are"
                            + " answered with 429 after that (default: 256).")
    private int inFlight = Limits.DEFAULTS.inFlight();

    @Option(
            names = "--max-buffered-bytes",
            paramLabel = "BYTES",
            converter = Amounts.Bytes.class,
            description =
                    "Memory for bodies longer than 64k. Others wait in order for up to --request-timeout, unread, and"
                            + " are answered with 429 after that (default: a quarter of the heap).")
    private @Nullable Integer bufferedBytes;

    public Limits limits() {
        return new Limits(
                headerBytes,
                bodyBytes,
                requestTimeout,
                idleTimeout,
                connections,
                streams,
                resets,
                inFlight,
                bufferedBytes == null ? Limits.DEFAULTS.bufferedBytes() : bufferedBytes,
                Limits.DEFAULTS.requestBytes());
    }
}
