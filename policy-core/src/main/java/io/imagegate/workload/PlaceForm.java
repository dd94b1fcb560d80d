package io.imagegate.workload;

/** What stands at a place. */
enum PlaceForm {
    /** A pod specification. */
    POD_SPEC("podSpec"),
    /** A text that is an image. */
    IMAGES("images"),
    /** Values of a Helm chart, in which {@code image} names one as a text or in parts. */
    HELM_VALUES("helmValues");

    /** The key in a policy. */
    final String key;

    PlaceForm(String key) {
        this.key = key;
    }
}
