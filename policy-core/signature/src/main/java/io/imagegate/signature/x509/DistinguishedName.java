package io.imagegate.signature.x509;

import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerElement;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.SubjectPattern;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A name of X.500 as RFC 4514 writes it: the most particular part first.
 *
 * @param parts each a list of one or more attributes
 */
public record DistinguishedName(List<List<Attribute>> parts) {

    private static final int MOST = 32;

    /** A type, in upper case, and its value. */
    record Attribute(String type, String value) {

        @Override
        public String toString() {
            return type + "=" + escaped(value);
        }

        private Attribute folded() {
            return new Attribute(type, value.strip().replaceAll(" +", " ").toLowerCase(Locale.ROOT));
        }

        private static String escaped(String value) {
            StringBuilder text = new StringBuilder(value.length() + 8);
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                boolean edge = (i == 0 && (c == ' ' || c == '#')) || (i == value.length() - 1 && c == ' ');
                if (edge || ",+\"\\<>;".indexOf(c) >= 0) {
                    text.append('\\');
                }
                text.append(c);
            }
            return text.toString();
        }
    }

    static DistinguishedName read(String what, Der names) {
        List<List<Attribute>> parts = new ArrayList<>();
        while (names.hasNext()) {
            Der set = names.next(Der.SET).inside();
            List<Attribute> attributes = new ArrayList<>();
            while (set.hasNext()) {
                attributes.add(attribute(set.next(Der.SEQUENCE).inside()));
            }
            parts.add(List.copyOf(attributes));
            if (parts.size() > MOST || attributes.isEmpty() || attributes.size() > MOST) {
                throw Refusal.format(what + " has a name of an empty part or of more than " + MOST);
            }
        }
        Collections.reverse(parts);
        return new DistinguishedName(List.copyOf(parts));
    }

    private static Attribute attribute(Der pair) {
        String oid = pair.next(Der.OID).oid();
        DerElement value = pair.next();
        pair.end();
        boolean text =
                value.tag() == Der.UTF8_STRING || value.tag() == Der.PRINTABLE_STRING || value.tag() == Der.IA5_STRING;
        return new Attribute(
                SubjectPattern.type(oid),
                text ? value.text() : "#" + java.util.HexFormat.of().formatHex(value.encoded()));
    }

    /**
     * {@return whether all of some attributes stand here, each as a part of its own and as the only one of its type} A second
     * common name is refused whichever types are asked for.
     */
    public boolean has(Map<String, String> attributes) {
        return count("CN") <= 1
                && attributes.entrySet().stream()
                        .allMatch(wanted -> count(wanted.getKey()) == 1
                                && parts.contains(List.of(new Attribute(wanted.getKey(), wanted.getValue()))));
    }

    /** {@return whether a pattern matches this} */
    public boolean matches(SubjectPattern pattern) {
        return pattern.matches(parts.stream()
                .map(part -> part.stream()
                        .map(attribute -> Map.entry(attribute.type(), attribute.value()))
                        .toList())
                .toList());
    }

    /** {@return whether both are one name: case and spaces in a row do not count (RFC 5280, section 7.1)} */
    boolean isSame(DistinguishedName other) {
        return folded().equals(other.folded());
    }

    private List<List<Attribute>> folded() {
        return parts.stream()
                .map(part -> part.stream().map(Attribute::folded).toList())
                .toList();
    }

    private long count(String type) {
        return parts.stream()
                .flatMap(List::stream)
                .filter(attribute -> attribute.type().equals(type))
                .count();
    }

    @Override
    public String toString() {
        return parts.stream()
                .map(part -> part.stream().map(Attribute::toString).collect(Collectors.joining("+")))
                .collect(Collectors.joining(","));
    }
}
