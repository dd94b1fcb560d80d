package io.imagegate.gate;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a gate cannot be opened for another reason than its policies: the registries' file is invalid, or what looks at
 * the content of images is missing or there twice. The message names the file or the artifact.
 *
 * @since 0.1
 */
public final class GateException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    GateException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
