package io.imagegate.server.serve;

import io.imagegate.server.log.LogFormat;
import io.imagegate.server.log.LoggedDecisions;
import java.time.Duration;

/**
 * How a server starts, logs and ends.
 *
 * @param warmUp reviews that it sends to itself over each protocol before it is ready
 * @param drainDelay how long it serves on after SIGTERM while load balancers remove it
 * @param drainTimeout longest time after that to answer open requests
 * @param logDecisions which decisions it logs
 * @param logFormat of these lines
 * @since 0.1
 */
public record LifecycleSettings(
        int warmUp, Duration drainDelay, Duration drainTimeout, LoggedDecisions logDecisions, LogFormat logFormat) {

    /** The default settings. */
    public static final LifecycleSettings DEFAULTS =
            new LifecycleSettings(20, Duration.ZERO, Duration.ofSeconds(10), LoggedDecisions.notable, LogFormat.text);
}
