package io.imagegate.review;

import java.util.Locale;

/**
 * Part of a pod that uses an image. Policy files use the names in lower case.
 *
 * @since 0.1
 */
public enum ContainerType {
    /** An ordinary container. */
    CONTAINER,
    /** An init container, including sidecars. */
    INIT,
    /** An ephemeral container, such as {@code kubectl debug} adds. */
    EPHEMERAL,
    /** A volume of type {@code image}. */
    VOLUME;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** {@return the name in policy files, such as {@code init}} */
    public String key() {
        return key;
    }
}
