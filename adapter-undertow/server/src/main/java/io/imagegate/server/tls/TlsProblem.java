package io.imagegate.server.tls;

/** A missing or invalid certificate or key. The message names the file and what was expected. */
public final class TlsProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TlsProblem(String message, Throwable cause) {
        super(message, cause);
    }

    TlsProblem(String message) {
        super(message);
    }
}
