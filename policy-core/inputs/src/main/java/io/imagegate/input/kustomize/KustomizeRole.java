package io.imagegate.input.kustomize;

/** What a file is for the kustomizations of a run. */
public enum KustomizeRole {
    /** A kustomization that no other includes. */
    ROOT("kustomization"),
    /** A kustomization that another one includes. */
    BASE("base"),
    /** A Component, which is never deployed alone. */
    COMPONENT("Component"),
    /** A resource or a patch that a kustomization includes. */
    FILE("file");

    private final String part;

    KustomizeRole(String part) {
        this.part = part;
    }

    /** {@return what listeners call it} */
    public String part() {
        return part;
    }
}
