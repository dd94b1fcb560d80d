package io.imagegate.policy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.Need;
import io.imagegate.reference.ImageReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Audit annotations about look-ups: what was verified, what registries said that nobody signed, and what is not verified. A
 * digest is no proof: it says which image was checked, not that anybody vouches for it.
 */
final class LookupAnnotations {

    private static final String DIGEST = Need.DIGEST.toString();

    private final Map<ImageReference, String> digests = new HashMap<>();
    private final Map<ImageReference, List<Lookup>> verified = new LinkedHashMap<>();
    private final Map<ImageReference, List<Lookup>> resolved = new LinkedHashMap<>();
    private final List<Lookup> unverified = new ArrayList<>();

    private LookupAnnotations() {}

    static void add(Map<String, String> annotations, List<Lookup> lookups, Locale locale) {
        LookupAnnotations sorted = new LookupAnnotations();
        lookups.forEach(sorted::sort);
        sorted.leaveOutDigests();
        sorted.put(annotations, "verified", sorted.verified, locale);
        sorted.put(annotations, "resolved", sorted.resolved, locale);
        if (!sorted.unverified.isEmpty()) {
            annotations.put("unverified", Sentences.join(locale, sorted.unverified, LookupAnnotations::unverified));
        }
    }

    private void sort(Lookup lookup) {
        switch (lookup.evidence()) {
            case SIGNER ->
                verified.computeIfAbsent(lookup.image(), image -> new ArrayList<>(2))
                        .add(lookup);
            case REGISTRY -> {
                resolved.computeIfAbsent(lookup.image(), image -> new ArrayList<>(2))
                        .add(lookup);
                if (isDigest(lookup)) {
                    digests.put(lookup.image(), lookup.detail());
                }
            }
            case NONE -> unverified.add(lookup);
        }
    }

    private static boolean isDigest(Lookup lookup) {
        return lookup.need().equals(DIGEST);
    }

    /** The digest of what is verified stands there. */
    private void leaveOutDigests() {
        resolved.entrySet()
                .removeIf(image -> verified.containsKey(image.getKey())
                        && image.getValue().stream().allMatch(LookupAnnotations::isDigest));
    }

    private void put(
            Map<String, String> annotations, String name, Map<ImageReference, List<Lookup>> known, Locale locale) {
        if (!known.isEmpty()) {
            annotations.put(
                    name,
                    Sentences.join(
                            locale, List.copyOf(known.entrySet()), image -> known(image.getKey(), image.getValue())));
        }
    }

    /** {@return the image by its digest, since a tag can move: {@code ghcr.io/acme/api@sha256:… signed by release (12 ms)}} */
    private String known(ImageReference image, List<Lookup> known) {
        String digest = digests.get(image);
        String name = digest == null ? image.canonical() : image.registry() + "/" + image.repository() + "@" + digest;
        String more = known.stream()
                .filter(lookup -> !isDigest(lookup))
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
        return slowest.timeText();
    }

    private static String unverified(Lookup lookup) {
        String state = lookup.state() == Fact.State.KNOWN ? "" : " " + lookup.label();
        return lookup.image().canonical() + ": " + lookup.need() + state + ": " + lookup.detail() + " ("
                + lookup.timeText() + ")";
    }
}
