package io.imagegate.cli.option;

import io.imagegate.server.limit.ConnectionLimits;
import io.imagegate.server.limit.Limits;
import io.imagegate.webhook.ReviewLimits;
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
    private int bodyBytes = ReviewLimits.DEFAULTS.bodyBytes();

    @Option(
            names = "--max-header-bytes",
            paramLabel = "BYTES",
            converter = Amounts.Bytes.class,
            description = "Longest head of a request; longer ones close the connection (default: 32k).")
    private int headerBytes = ConnectionLimits.DEFAULTS.headerBytes();

    @Option(
            names = "--request-timeout",
            paramLabel = "TIME",
            converter = Durations.Positive.class,
            description = "Time for a request to arrive, then to wait for its turn, then for its answer to be read;"
                    + " time for a new connection to send a request (default: 10s).")
    private Duration requestTimeout = ConnectionLimits.DEFAULTS.requestTimeout();

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            converter = Durations.Positive.class,
            description = "Time after which a connection without a further request is closed (default: 5m).")
    private Duration idleTimeout = ConnectionLimits.DEFAULTS.idleTimeout();

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            converter = Amounts.Count.class,
            description = "Open connections. With one more, the longest-idle connection is closed, unused ones first"
                    + " (default: 768).")
    private int connections = ConnectionLimits.DEFAULTS.connections();

    @Option(
            names = "--max-streams",
            paramLabel = "N",
            converter = Amounts.Count.class,
            description =
                    "Open requests of an HTTP/2 connection, announced to its client. More are answered with 429, twice"
                            + " as many close the connection (default: 100).")
    private int streams = ConnectionLimits.DEFAULTS.streams();

    @Option(
            names = "--max-resets",
            paramLabel = "N",
            converter = Amounts.Count.class,
            description =
                    "Streams that an HTTP/2 client may reset in ten seconds; more close the connection (default: 200).")
    private int resets = ConnectionLimits.DEFAULTS.resets();

    @Option(
            names = "--max-in-flight",
            paramLabel = "N",
            converter = Amounts.Count.class,
            description =
                    "Reviews decided or answered at once. Others wait in order for up to --request-timeout, and are"
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

    /** {@return the limits of a review} */
    public ReviewLimits reviews() {
        return ReviewLimits.DEFAULTS.withBodyBytes(bodyBytes);
    }

    public Limits limits() {
        return new Limits(
                new ConnectionLimits(headerBytes, requestTimeout, idleTimeout, connections, streams, resets),
                inFlight,
                bufferedBytes == null ? Limits.DEFAULTS.bufferedBytes() : bufferedBytes,
                Limits.DEFAULTS.requestBytes());
    }
}
