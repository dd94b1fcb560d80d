package io.imagegate.signer;

import io.imagegate.signer.SubjectReader.Attribute;
import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Pattern over the whole subject of a certificate, name by name, as RFC 4514 writes it: {@code CN=release-*,O="Acme, Inc"}. Values
 * are {@linkplain PathGlob globs}; the attributes of one part may stand in any order. Immutable.
 *
 * @since 0.1
 */
public final class SubjectPattern {

    private static final int SHOWN = 200;

    private final String text;
    private final List<List<Part>> parts;

    private record Part(String type, PathGlob value) {

        boolean matches(Map.Entry<String, String> attribute) {
            return type.equals(attribute.getKey()) && value.matches(attribute.getValue());
        }
    }

    private SubjectPattern(String text, List<List<Part>> parts) {
        this.text = text;
        this.parts = parts;
    }

    /**
     * Parses a pattern.
     *
     * @param text the pattern
     * @return the pattern
     * @throws IllegalArgumentException if the text is no list of types and values; the message says what was expected
     */
    public static SubjectPattern parse(String text) {
        List<List<Part>> parts = new ArrayList<>();
        for (List<Attribute> part : SubjectReader.pattern(text)) {
            parts.add(part.stream()
                    .map(attribute -> new Part(attribute.type(), PathGlob.parse(attribute.value())))
                    .sorted(Comparator.comparing(Part::type))
                    .toList());
        }
        return new SubjectPattern(text, List.copyOf(parts));
    }

    /**
     * {@return the name that a type has in subjects; types without one are written as object identifiers}
     *
     * @param oid the object identifier of the type
     */
    public static String type(String oid) {
        return SubjectReader.type(oid);
    }

    /**
     * {@return this}
     *
     * @throws IllegalArgumentException if no certificate that counts can match: it has one common name at most, and each type once
     *     in a part
     */
    public SubjectPattern requirePossible() {
        requireOnce(parts.stream().flatMap(List::stream).map(Part::type).filter("CN"::equals));
        parts.forEach(part -> requireOnce(part.stream().map(Part::type)));
        return this;
    }

    private void requireOnce(Stream<String> types) {
        Set<String> found = new HashSet<>();
        types.filter(type -> !found.add(type)).findFirst().ifPresent(type -> {
            throw new IllegalArgumentException(SafeText.quote(text, SHOWN) + " has " + type
                    + " twice, as no certificate that counts, expected it once");
        });
    }

    /**
     * {@return whether this matches a whole subject}
     *
     * @param subject the parts, the most particular one first, each a list of types and values
     */
    public boolean matches(List<List<Map.Entry<String, String>>> subject) {
        if (subject.size() != parts.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!matches(parts.get(i), subject.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(List<Part> wanted, List<Map.Entry<String, String>> found) {
        if (wanted.size() != found.size()) {
            return false;
        }
        List<Map.Entry<String, String>> sorted =
                found.stream().sorted(Map.Entry.comparingByKey()).toList();
        for (int i = 0; i < wanted.size(); i++) {
            if (!wanted.get(i).matches(sorted.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** {@return the text that was parsed} */
    @Override
    public String toString() {
        return text;
    }
}
