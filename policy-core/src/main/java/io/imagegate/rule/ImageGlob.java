package io.imagegate.rule;

import io.imagegate.predicate.PredicateValue;
import io.imagegate.reference.Digest;
import io.imagegate.reference.GlobSet;
import io.imagegate.text.SafeText;
import io.imagegate.text.Suggestion;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Glob in which parts of an image stand for themselves: {@code {registry}/{repository}:*}. */
record ImageGlob(String text) {

    private static final int LONGEST = 1_024;
    private static final int SHOWN = 200;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)}");
    private static final Map<String, Function<Candidate, Optional<String>>> PARTS = new TreeMap<>(Map.of(
            "registry", image -> Optional.of(image.reference().registry()),
            "repository", image -> Optional.of(image.reference().repository()),
            "tag", image -> image.reference().effectiveTag(),
            "digest", image -> image.digest().value().map(Digest::toString)));

    static ImageGlob parse(String text) {
        GlobSet.of(text); // which refuses an empty one
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a glob of " + text.length() + " characters, expected at most " + LONGEST);
        }
        PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).forEach(ImageGlob::require);
        return new ImageGlob(text);
    }

    private static void require(String placeholder) {
        if (!PARTS.containsKey(placeholder)) {
            throw new IllegalArgumentException("unknown placeholder " + SafeText.quote(placeholder, SHOWN) + ", "
                    + Suggestion.oneOf(placeholder, PARTS.keySet()));
        }
    }

    /** {@return how to find a part, which {@link #parse} has looked up} */
    private static Function<Candidate, Optional<String>> part(String placeholder) {
        return Objects.requireNonNull(PARTS.get(placeholder), placeholder);
    }

    boolean matches(PredicateValue value, Candidate image) {
        return switch (value.kind()) {
            case TEXT, NUMBER, FLAG ->
                resolve(image).filter(glob -> glob.matches(value.text())).isPresent();
            case LIST, OTHER, TOO_LARGE -> false;
        };
    }

    /** {@return the glob for an image; empty if the image does not have a part} */
    Optional<GlobSet> resolve(Candidate image) {
        StringBuilder resolved = new StringBuilder(text.length() + 64);
        Matcher matcher = PLACEHOLDER.matcher(text);
        int literal = 0;
        while (matcher.find()) {
            Optional<String> part = part(matcher.group(1)).apply(image);
            // No part of a reference can have a wildcard. If one ever can, it must not match other images.
            if (part.filter(value -> value.indexOf('*') < 0 && value.indexOf('?') < 0)
                    .isEmpty()) {
                return Optional.empty();
            }
            resolved.append(text, literal, matcher.start()).append(part.get());
            literal = matcher.end();
        }
        return Optional.of(
                GlobSet.of(resolved.append(text, literal, text.length()).toString()));
    }

    String shown(Candidate image) {
        return SafeText.quote(resolve(image).map(GlobSet::toString).orElse(text), SHOWN);
    }

    /** {@return the glob as written, quoted} */
    @Override
    public String toString() {
        return SafeText.quote(text, SHOWN);
    }
}
