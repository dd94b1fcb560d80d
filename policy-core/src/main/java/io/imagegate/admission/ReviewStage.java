package io.imagegate.admission;

/**
 * Stage at which a request is decided, which says whether its images already have their final names.
 *
 * @since 0.1
 */
public enum ReviewStage {
    /** Before the request is sent: a manifest of the command line, as a {@code kubectl apply} would create it. */
    MANIFEST,
    /** In a mutating webhook, which patches images. */
    MUTATING,
    /** In a validating webhook, which sees pods as they will be stored. */
    VALIDATING
}
