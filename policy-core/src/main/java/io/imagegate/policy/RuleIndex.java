package io.imagegate.policy;

import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.PatternSet;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.Criterion;
import io.imagegate.rule.RequestProperty;
import io.imagegate.rule.Scope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Index of the rules of a policy by their scopes. In a policy with a thousand rules for one team each, a review then takes only the time
 * of its own team's rules. Immutable and thread-safe.
 *
 * <p>A rule is indexed by one part of its scope: its namespaces, its images or a criterion, whichever fewest other rules share. So the
 * index finds all rules that may apply and perhaps some more, whose scopes are tested anyway. Rules without such a part are always found,
 * and those whose part the review does not tell.
 */
final class RuleIndex {

    private static final Property NAMESPACE = new Property("namespaces", "", null);
    private static final Property IMAGE = new Property("images", "", null);

    private final BitSet always = new BitSet();
    private final List<Lookup> lookups;

    /** What a part of a scope compares; {@code criterion} is null for namespaces and images. */
    private record Property(
            String key, String name, @Nullable RequestProperty criterion) {

        static Property of(Criterion criterion) {
            return new Property(criterion.property().key(), criterion.name(), criterion.property());
        }

        boolean isPerImage() {
            return criterion == RequestProperty.CONTAINER_TYPE || criterion == RequestProperty.CONTAINER_NAME;
        }

        /** {@return the values of an image; empty if they are unknown} */
        Optional<List<String>> values(Candidate image) {
            if (criterion != null) {
                return criterion.values(name, image.review(), image.image());
            }
            return image.namespace().isEmpty() ? Optional.empty() : Optional.of(List.of(image.namespace()));
        }
    }

    /** Part of a scope: a property, and the globs or image patterns of its values. */
    private record Part(Property property, List<?> texts) {

        /** {@return how many rules share its texts} */
        int uses(Map<List<Object>, Integer> uses) {
            return texts.stream()
                    .mapToInt(text -> uses.getOrDefault(List.of(property, text), 0))
                    .sum();
        }
    }

    /** Finds rules by one property. */
    private interface Lookup {

        boolean isPerImage();

        void find(Candidate image, BitSet found);
    }

    private record ByText(Property property, GlobSet globs, Map<String, BitSet> rules, BitSet all) implements Lookup {

        @Override
        public boolean isPerImage() {
            return property.isPerImage();
        }

        @Override
        public void find(Candidate image, BitSet found) {
            Optional<List<String>> values = property.values(image);
            if (values.isEmpty()) {
                found.or(all);
                return;
            }
            for (String value : values.get()) {
                globs.matching(value).forEach(glob -> add(rules, glob, found));
            }
        }
    }

    private record ByImage(PatternSet patterns, Map<ImagePattern, BitSet> rules, BitSet all) implements Lookup {

        @Override
        public boolean isPerImage() {
            return true;
        }

        @Override
        public void find(Candidate image, BitSet found) {
            ImageReference reference = image.reference();
            // Patterns match such images in more ways than one.
            if (image.hasDigest() != reference.hasDigest()
                    || !reference.addressReadings().isEmpty()) {
                found.or(all);
                return;
            }
            PatternSet inserted = patterns.isPerNamespace()
                    ? patterns.inNamespace(image.namespace()).orElseGet(patterns::inAnyNamespace)
                    : patterns;
            inserted.matching(reference).forEach(pattern -> add(rules, pattern, found));
        }
    }

    RuleIndex(List<NamedRule> rules) {
        Map<List<Object>, Integer> uses = new HashMap<>();
        for (NamedRule rule : rules) {
            for (Part part : parts(rule.scope())) {
                part.texts().forEach(text -> uses.merge(List.of(part.property(), text), 1, Integer::sum));
            }
        }
        Map<Property, Map<Object, BitSet>> indexed = new LinkedHashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            int number = i;
            parts(rules.get(i).scope()).stream()
                    .min(Comparator.comparingInt(part -> part.uses(uses)))
                    .ifPresentOrElse(part -> add(number, part, indexed), () -> always.set(number));
        }
        lookups = indexed.entrySet().stream()
                .map(property -> lookup(property.getKey(), property.getValue()))
                .toList();
    }

    private static List<Part> parts(Scope scope) {
        List<Part> parts = new ArrayList<>();
        scope.namespaces().ifPresent(globs -> parts.add(new Part(NAMESPACE, globs.globs())));
        scope.images().ifPresent(images -> parts.add(new Part(IMAGE, images.patterns())));
        scope.criteria()
                .forEach(criterion -> parts.add(
                        new Part(Property.of(criterion), criterion.values().globs())));
        return parts;
    }

    private static void add(int rule, Part part, Map<Property, Map<Object, BitSet>> indexed) {
        Map<Object, BitSet> rules = indexed.computeIfAbsent(part.property(), property -> new LinkedHashMap<>());
        part.texts()
                .forEach(text ->
                        rules.computeIfAbsent(text, none -> new BitSet()).set(rule));
    }

    private static Lookup lookup(Property property, Map<Object, BitSet> rules) {
        BitSet all = new BitSet();
        rules.values().forEach(all::or);
        if (property.equals(IMAGE)) {
            Map<ImagePattern, BitSet> byPattern = new LinkedHashMap<>();
            rules.forEach((pattern, numbers) -> byPattern.put((ImagePattern) pattern, numbers));
            return new ByImage(PatternSet.of(byPattern.keySet()), byPattern, all);
        }
        Map<String, BitSet> byGlob = new LinkedHashMap<>();
        rules.forEach((glob, numbers) -> byGlob.put((String) glob, numbers));
        return new ByText(property, GlobSet.of(byGlob.keySet()), byGlob, all);
    }

    private static <T> void add(Map<T, BitSet> rules, T text, BitSet found) {
        BitSet numbers = rules.get(text);
        if (numbers != null) {
            found.or(numbers);
        }
    }

    /**
     * {@return the numbers of the rules that may apply to one of the images; not to be changed}
     *
     * @param images the images of a review
     */
    BitSet of(List<Candidate> images) {
        if (lookups.isEmpty() || images.isEmpty()) {
            return always;
        }
        BitSet found = (BitSet) always.clone();
        for (Lookup lookup : lookups) {
            int asked = lookup.isPerImage() ? images.size() : 1;
            for (int i = 0; i < asked; i++) {
                lookup.find(images.get(i), found);
            }
        }
        return found;
    }
}
