package io.imagegate.workload;

/** What stands at a place. */
enum PlaceForm {
    /** A pod specification. */
    POD_SPEC("podSpec"),
    /** A text that is an image. */
    IMAGES("images"),
    /** Values of a Helm chart, in which {@code image} names one as a text or in parts. */
    HELM_VALUES("helmValues"),
    /** A text that is an image without its tag, which the controller of a well-known kind adds. */
    REPOSITORIES("repositories"),
    /** A field of a well-known kind that only sounds like an image. */
    NONE("none");

    /** The key in a policy, or in the list of well-known kinds alone. */
    final String key;

    PlaceForm(String key) {
        this.key = key;
    }
}
