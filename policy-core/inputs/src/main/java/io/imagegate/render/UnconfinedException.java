package io.imagegate.render;

import java.io.IOException;

/**
 * Thrown where the operating system does not confine programs, so that none was run.
 *
 * @since 0.1
 */
public final class UnconfinedException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param reason what the system refuses or lacks
     */
    public UnconfinedException(String reason) {
        super(reason);
    }
}
