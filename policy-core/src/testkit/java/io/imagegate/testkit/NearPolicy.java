package io.imagegate.testkit;

import io.imagegate.policy.Decision;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Draws images near what the rules of policies name: patterns, tags, versions. These are in the texts of rules, also of one's own
 * and of parts of conditions; what a text does not say is found by trying. No draw is filtered: a variant on the other side is
 * replaced by the image that it is a variant of.
 */
final class NearPolicy {

    private static final String NAMESPACE = "default";
    private static final int TRIES = 4_000;
    private static final int MOST_SEEDS = 200;
    private static final int MOST_WORDS = 500;
    private static final long FIXED = 20_261_201;

    private static final Pattern WORD = Pattern.compile("[^\\s,;\\[\\](){}<>=\"'|&!~^]+|\\{namespace\\}");
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?");
    private static final Pattern WILDCARD = Pattern.compile("\\*\\*|\\*|\\?|\\{namespace\\}");

    private final PolicySet policies;
    private final List<String> names;
    private final List<String> tags;

    /** Parts of an image that may have wildcards. */
    private record Parts(String name, String tag, String digest) {}

    private record Seed(Parts parts, String image) {}

    private NearPolicy(PolicySet policies, List<String> names, List<String> tags) {
        this.policies = policies;
        this.names = names;
        this.tags = tags;
    }

    static NearPolicy of(PolicySet policies) {
        Set<String> names = new LinkedHashSet<>();
        Set<String> tags = new LinkedHashSet<>();
        for (Policy policy : policies.policies()) {
            for (NamedRule rule : policy.rules()) {
                Matcher word =
                        WORD.matcher(rule.rule() + " " + rule.conditionText().orElse(""));
                for (int i = 0; i < MOST_WORDS && word.find(); i++) {
                    add(word.group(), names, tags);
                }
            }
        }
        for (String registry : References.REGISTRIES) {
            names.add(registry + "**");
        }
        tags.addAll(List.of(References.TAGS));
        return new NearPolicy(policies, List.copyOf(names), List.copyOf(tags));
    }

    private static void add(String word, Set<String> names, Set<String> tags) {
        if (word.contains("/") || word.contains("**")) {
            int at = word.indexOf('@');
            String named = at < 0 ? word : word.substring(0, at);
            int colon = named.indexOf(':', named.lastIndexOf('/') + 1);
            names.add(colon < 0 ? named : named.substring(0, colon));
            if (colon >= 0) {
                tags.add(named.substring(colon));
            }
        } else {
            tags.add(":" + word);
            NUMBERS.matcher(word).results().forEach(number -> {
                int major = Integer.parseInt(cut(number.group(1)));
                int minor = number.group(2) == null ? 0 : Integer.parseInt(cut(number.group(2)));
                int patch = number.group(3) == null ? 0 : Integer.parseInt(cut(number.group(3)));
                tags.add(":%d.%d.%d".formatted(major, minor, patch));
                tags.add(":%d.%d.%d".formatted(major, minor, patch + 1));
                tags.add(":%d.%d.%d".formatted(major, minor + 1, 0));
                tags.add(":%d.%d.%d".formatted(major + 1, 0, 0));
                tags.add(":%d.%d.%d".formatted(Math.max(0, major - 1), minor, patch));
            });
        }
    }

    private static String cut(String digits) {
        return digits.substring(0, Math.min(6, digits.length()));
    }

    Arbitrary<String> draw(boolean allowed) {
        List<Seed> seeds = seeds(allowed);
        Arbitrary<String> letters =
                Arbitraries.strings().withCharRange('a', 'z').ofLength(1);
        Arbitrary<String> fillings = Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .ofMinLength(1)
                .ofMaxLength(6);
        Arbitrary<List<String>> texts =
                Combinators.combine(letters, fillings).as(String::concat).list().ofSize(6);
        return Combinators.combine(
                        Arbitraries.of(seeds), texts, Arbitraries.of(tags), Arbitraries.of(References.DIGESTS))
                .as((seed, fill, tag, digest) -> variant(seed, fill, tag, digest, allowed));
    }

    private String variant(Seed seed, List<String> fill, String tag, String digest, boolean allowed) {
        for (Parts parts : List.of(new Parts(seed.parts.name, tag, digest), seed.parts)) {
            Optional<String> image = image(parts, fill);
            if (image.isPresent() && decide(image.get()).allowed() == allowed) {
                return image.get();
            }
        }
        return seed.image;
    }

    /** Tries with a fixed seed, so that a property has the same images in each run. */
    private List<Seed> seeds(boolean allowed) {
        Random random = new Random(FIXED);
        List<Seed> seeds = new ArrayList<>();
        Optional<Decision> nearest = Optional.empty();
        for (int i = 0; i < TRIES && seeds.size() < MOST_SEEDS; i++) {
            Parts parts = new Parts(one(names, random), one(tags, random), one(List.of(References.DIGESTS), random));
            Optional<String> image = image(parts, List.of("a", "b1", "c", "d2", "e", "f"));
            if (image.isEmpty()) {
                continue;
            }
            Decision decision = decide(image.get());
            if (decision.allowed() == allowed) {
                seeds.add(new Seed(parts, image.get()));
            } else if (nearest.isEmpty()
                    || decision.violations().size() < nearest.get().violations().size()) {
                nearest = Optional.of(decision);
            }
        }
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException("found no image that the policies "
                    + (allowed ? "allow" : "deny") + " in the namespace " + NAMESPACE + ", of " + TRIES
                    + " near what their rules name"
                    + nearest.map(decision -> allowed ? "; the nearest is denied: " + decision.reason() : "")
                            .orElse(""));
        }
        return seeds;
    }

    private static String one(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private Decision decide(String image) {
        return policies.decide(ImageReview.of(image).inNamespace(NAMESPACE));
    }

    /** {@return an image with texts in place of wildcards; empty if it is no reference} */
    private static Optional<String> image(Parts parts, List<String> fill) {
        String image = fill(parts.name, fill) + fill(parts.tag, fill) + parts.digest;
        return ImageReference.tryParse(image)
                .filter(ImageReference::hasRegistry)
                .map(reference -> image);
    }

    private static String fill(String pattern, List<String> fill) {
        StringBuilder filled = new StringBuilder();
        Matcher wildcard = WILDCARD.matcher(pattern);
        for (int i = 0; wildcard.find(); i++) {
            String text = fill.get(i % fill.size());
            wildcard.appendReplacement(
                    filled,
                    switch (wildcard.group()) {
                        case "**" -> text.length() % 2 == 0 ? text + "/" + fill.get((i + 1) % fill.size()) : text;
                        case "?" -> text.substring(0, 1);
                        case "*" -> text;
                        default -> NAMESPACE;
                    });
        }
        return wildcard.appendTail(filled).toString();
    }
}
