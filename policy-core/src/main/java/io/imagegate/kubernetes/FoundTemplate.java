package io.imagegate.kubernetes;

import java.util.Map;

/** A template that was found, before the kind of its object is known. Not thread-safe. */
final class FoundTemplate {

    final TemplatePlace place;
    final String path;
    /** Those annotations that are texts, as far as the limit goes. */
    Map<String, String> annotations = Map.of();

    PodMetadata pods = PodMetadata.NONE;

    FoundTemplate(TemplatePlace place, String path) {
        this.place = place;
        this.path = path;
    }
}
