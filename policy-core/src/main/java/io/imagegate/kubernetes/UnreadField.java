package io.imagegate.kubernetes;

/**
 * A field of an object that may name an image that is not read, so that nobody can say which images the object runs.
 *
 * @param reason why it is not read
 * @param field the field, or its path
 * @since 0.1
 */
public record UnreadField(Reason reason, String field) {

    /**
     * Why a field is not read.
     *
     * @since 0.1
     */
    public enum Reason {
        /** The kind is well-known, and the field is none of those in which its images stand. */
        UNLISTED,
        /** It names an image of a chart in a form that cannot be read. */
        UNREADABLE,
        /** It is a pod specification, and stands in what is named as one. */
        MISPLACED
    }
}
