package io.imagegate.predicate;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;

/** Extracts the statements of an OpenVEX document about an image. */
record VexQuery() implements ContentQuery {

    @Override
    public Fact<PredicateContent> read(JsonValue predicate, Digest image) {
        return UnreadableException.guard(() -> new VexReader(image).read(predicate));
    }

    @Override
    public String key() {
        return "vex";
    }
}
