package io.imagegate.review;

/**
 * What part of a pod an image is for. Policy files use the names in lower case.
 *
 * @since 0.1
 */
public enum ContainerType {
    /** An ordinary container. */
    CONTAINER,
    /** An init container, sidecars included. */
    INIT,
    /** An ephemeral container, as {@code kubectl debug} adds it. */
    EPHEMERAL,
    /** A volume of type {@code image}. */
    VOLUME
}
