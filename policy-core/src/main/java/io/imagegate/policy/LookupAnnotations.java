package io.imagegate.policy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.Need;
import io.imagegate.reference.ImageReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Audit annotations about look-ups: what was verified, and what is unknown. */
final class LookupAnnotations {

    private static final String DIGEST = Need.DIGEST.toString();

    private LookupAnnotations() {}

    static void add(Map<String, String> annotations, List<Lookup> lookups, Locale locale) {
        Map<ImageReference, List<Lookup>> known = new LinkedHashMap<>();
        List<Lookup> unknown = new ArrayList<>();
        for (Lookup lookup : lookups) {
            if (lookup.state() == Fact.State.KNOWN) {
                known.computeIfAbsent(lookup.image(), image -> new ArrayList<>(2))
                        .add(lookup);
            } else {
                unknown.add(lookup);
            }
        }
        if (!known.isEmpty()) {
            annotations.put(
                    "verified",
                    Sentences.join(locale, known.entrySet(), image -> verified(image.getKey(), image.getValue())));
        }
        if (!unknown.isEmpty()) {
            annotations.put("unverified", Sentences.join(locale, unknown, LookupAnnotations::unverified));
        }
    }

    /** {@return the image by its digest, since a tag can move: {@code ghcr.io/acme/api@sha256:… for linux/amd64 (12 ms)}} */
    private static String verified(ImageReference image, List<Lookup> known) {
        Optional<String> digest = known.stream()
                .filter(lookup -> lookup.need().equals(DIGEST))
                .map(Lookup::detail)
                .findFirst();
        String name = digest.map(content -> image.registry() + "/" + image.repository() + "@" + content)
                .orElseGet(image::canonical);
        String more = known.stream()
                .filter(lookup -> !lookup.need().equals(DIGEST))
                .map(Lookup::detail)
                .collect(Collectors.joining(", "));
        return name + (more.isEmpty() ? "" : " " + more) + " (" + time(known) + ")";
    }

    /** {@return the time of the slowest} */
    private static String time(List<Lookup> known) {
        Lookup slowest = known.get(0);
        for (Lookup lookup : known) {
            boolean slower = slowest.cached() || lookup.waited().compareTo(slowest.waited()) > 0;
            slowest = !lookup.cached() && slower ? lookup : slowest;
        }
        return slowest.time();
    }

    private static String unverified(Lookup lookup) {
        return lookup.image().canonical() + ": " + lookup.need() + " " + lookup.label() + ": " + lookup.detail() + " ("
                + lookup.time() + ")";
    }
}
