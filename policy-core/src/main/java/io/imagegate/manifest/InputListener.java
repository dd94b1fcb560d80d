package io.imagegate.manifest;

/**
 * Called with what an {@link Input} finds in a file.
 *
 * @since 0.1
 */
public interface InputListener {

    /**
     * Called for each object, in order.
     *
     * @param object an object with its images
     */
    void object(InputObject object);

    /**
     * Called for a file whose format is known and not read; a problem unless overridden.
     *
     * @param what the format, such as {@code Dockerfile}; its plural has an s
     * @param why what was expected instead
     */
    default void unread(String what, String why) {
        problem(why);
    }

    /**
     * Called for a part of a file that may name images and is not read, so that it is counted; the rest of the file is read. A
     * problem unless overridden.
     *
     * @param what what it is, such as {@code Terraform resource}; its plural has an s
     * @param where its place and name, such as {@code plan.json:1: helm_release.web}
     * @param why what to check instead
     */
    default void unreadPart(String what, String where, String why) {
        problem(where + ": not read: " + why);
    }

    /**
     * Called for a file of a folder that has nothing to read.
     *
     * @param why what was not found
     */
    default void skipped(String why) {}

    /**
     * Called for a part that cannot be read.
     *
     * @param problem where it is, and what was expected
     */
    void problem(String problem);
}
