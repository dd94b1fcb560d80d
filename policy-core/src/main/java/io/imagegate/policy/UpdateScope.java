package io.imagegate.policy;

/**
 * Which updates of an object a policy judges.
 *
 * @since 0.1
 */
public enum UpdateScope {
    /** Those after which the object has other images than before. */
    CHANGED_IMAGES,
    /** All of them. */
    ALL
}
