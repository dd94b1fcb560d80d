package io.imagegate.policy;

/**
 * Updates of an object that a policy checks.
 *
 * @since 0.1
 */
public enum UpdateScope {
    /** Updates that change the images of the object. */
    CHANGED_IMAGES,
    /** All updates. */
    ALL
}
