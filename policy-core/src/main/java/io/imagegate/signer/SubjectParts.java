package io.imagegate.signer;

import io.imagegate.text.Copies;
import io.imagegate.text.SafeText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Parts of a distinguished name that the subject of a certificate must have, as trust policies of Notation name signers: such
 * as {@code C=DE, ST=BE, O=acme, CN=acme release}. Their order does not count, and the subject may have more. Immutable.
 *
 * @since 0.1
 */
public final class SubjectParts {

    private static final int LONGEST = 1_000;
    private static final List<String> REQUIRED = List.of("C", "ST", "O");

    private final String text;
    private final Map<String, String> parts = new TreeMap<>();

    private SubjectParts(String text) {
        this.text = text;
        SubjectReader.identity(text, description()).stream()
                .flatMap(List::stream)
                .forEach(this::add);
        for (String type : REQUIRED) {
            if (!parts.containsKey(type)) {
                throw refused("names no " + type + ", expected at least C, ST and O");
            }
        }
    }

    /**
     * Reads parts of a name.
     *
     * @param text types and values, separated by commas; {@code S} is another name of {@code ST}. Before a comma, a plus sign
     *     or another special character of a value stands a backslash
     * @return the parts
     * @throws IllegalArgumentException if the text is no such list, has a type twice, or lacks C, ST or O
     */
    public static SubjectParts parse(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "an identity of " + text.length() + " characters, expected at most " + LONGEST);
        }
        return new SubjectParts(text);
    }

    private void add(SubjectReader.Attribute part) {
        @Nullable String before = parts.put(part.type(), part.value());
        if (before != null) {
            throw refused("has " + part.type() + " twice, expected each type once");
        }
    }

    private String description() {
        return "the identity " + SafeText.quote(text, 200);
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(description() + " " + why);
    }

    /** {@return a text that two identities have only if they mean the same} */
    String content() {
        ContentHash hash = new ContentHash();
        parts.forEach((type, value) -> hash.add(type).add(value));
        return hash.hex();
    }

    /** {@return the values by type: C, ST, O and others} */
    public Map<String, String> byType() {
        return Copies.of(parts);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SubjectParts that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    /** {@return the text that was read} */
    @Override
    public String toString() {
        return text;
    }
}
