package io.imagegate.cli.cluster;

/** An answer of an API server that is not 200. */
final class ApiFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String next;

    /**
     * Makes a failure.
     *
     * @param status the status
     * @param message what the server says
     * @param next the token with which a list that has expired can be resumed; empty if there is none
     */
    ApiFailure(int status, String message, String next) {
        super(message);
        this.status = status;
        this.next = next;
    }

    int status() {
        return status;
    }

    String next() {
        return next;
    }
}
