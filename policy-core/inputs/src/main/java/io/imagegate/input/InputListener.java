package io.imagegate.input;

import java.util.List;

/**
 * Called with what an {@link Input} finds in a file.
 *
 * @since 0.1
 */
public interface InputListener {

    /** What {@link #unreadPart} calls what a file includes and that is not here, such as a base in another repository. */
    String INCLUDED = "included resource";

    /** What {@link #unreadPart} calls a Helm chart whose values alone are here; a repository may deploy very many. */
    String CHART = "Helm chart";

    /** What {@link #part} calls a kustomization or file that an object of Flux or Argo CD deploys with changes. */
    String DEPLOYED = "deployed base";

    /**
     * Called for each object, in order.
     *
     * @param object an object with its images
     */
    void object(InputObject object);

    /**
     * Called for a file or linked folder that may name images and is not read; a problem unless overridden.
     *
     * @param what what it is, such as {@code Helm template}; its plural has an s
     * @param why the file, and what was expected instead
     */
    default void unread(String what, InputException why) {
        problem(why);
    }

    /**
     * Called for a part of a file that may name images and is not read, so that it is counted; the rest of the file is read. A
     * problem unless overridden.
     *
     * @param what what it is, such as {@code Terraform resource} or {@code Compose build}; its plural has an s
     * @param where its place and name, such as {@code plan.json:1: helm_release.web}
     * @param why what to check instead
     */
    default void unreadPart(String what, String where, String why) {
        problem(new InputException(where, "not read: " + why));
    }

    /**
     * Called for a file that another one of the run includes, so that what it has was found as a part of that; does nothing unless
     * overridden. A base that an overlay changes may violate a policy when a tool deploys it alone: whoever wants to know decides
     * on its own objects, too.
     *
     * @param what {@code base} for a kustomization, {@link #DEPLOYED}, {@code Component}, or {@code file}
     * @param file its name
     * @param alone the objects that a base makes without the others; empty for what is never deployed alone
     */
    default void part(String what, String file, List<InputObject> alone) {}

    /**
     * Called for a file of a folder that has nothing to read.
     *
     * @param why what was not found
     */
    default void skipped(String why) {}

    /**
     * Called for a part that cannot be read.
     *
     * @param problem where it is, perhaps in a file that this one includes, and what was expected; its message has both
     */
    void problem(InputException problem);
}
