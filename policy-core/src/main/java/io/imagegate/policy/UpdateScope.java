package io.imagegate.policy;

/**
 * Images of an update that a policy checks.
 *
 * @since 0.1
 */
public enum UpdateScope {
    /** All images of the object, if the update changes one. */
    CHANGED_IMAGES,
    /**
     * The images that the object does not have before the update in the same list under the same container name. An image that was
     * admitted once stays, even if only another policy admitted it.
     */
    NEW_IMAGES,
    /** All images of the object in all updates. */
    ALL
}
