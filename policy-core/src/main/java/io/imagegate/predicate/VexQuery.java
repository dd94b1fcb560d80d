package io.imagegate.predicate;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;

/** Extracts the statements of an OpenVEX document about an image. */
record VexQuery() implements ContentQuery<VexDocument> {

    @Override
    public Fact<VexDocument> read(JsonValue predicate, Digest image) {
        return Fact.known(new VexReader(image).read(predicate));
    }

    @Override
    public String key() {
        return "vex";
    }
}
