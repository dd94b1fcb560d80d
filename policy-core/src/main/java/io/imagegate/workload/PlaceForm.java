package io.imagegate.workload;

/** What stands at a place. */
enum PlaceForm {
    /** A pod specification. */
    POD_SPEC("podSpec"),
    /** A text that is an image. */
    IMAGES("images");

    /** The key in a policy. */
    final String key;

    PlaceForm(String key) {
        this.key = key;
    }
}
