package io.imagegate.cli.cluster;

/** Why the API of a cluster cannot be used: settings, the connection, or an answer. The message says what was expected. */
public final class ClusterProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ClusterProblem(String message) {
        super(message);
    }

    ClusterProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
