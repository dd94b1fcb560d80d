package io.imagegate.server.tls;

/** Key material that cannot be used; the message names the file and what was expected, for people. */
public final class TlsProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TlsProblem(String message, Throwable cause) {
        super(message, cause);
    }

    TlsProblem(String message) {
        super(message);
    }
}
