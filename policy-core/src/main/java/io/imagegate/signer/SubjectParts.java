package io.imagegate.signer;

import io.imagegate.text.Copies;
import io.imagegate.text.SafeText;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
    private static final Set<String> TYPES =
            Set.of("C", "CN", "DC", "EMAILADDRESS", "L", "O", "OU", "SERIALNUMBER", "ST", "STREET", "UID");
    private static final List<String> REQUIRED = List.of("C", "ST", "O");
    private static final String EXAMPLE = ", expected parts such as C=DE, ST=BE, O=acme, CN=acme release";

    private final String text;
    private final Map<String, String> parts = new TreeMap<>();

    private SubjectParts(String text) {
        this.text = text;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == ',') {
                add(text.substring(start, i));
                start = i + 1;
            } else if (text.charAt(i) == '\\' && i + 1 < text.length()) {
                i++;
            }
        }
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

    private void add(String part) {
        int equals = part.indexOf('=');
        if (equals < 1) {
            throw refused("has " + quote(part.strip()) + EXAMPLE);
        }
        String written = part.substring(0, equals).strip().toUpperCase(Locale.ROOT);
        String type = written.equals("S") ? "ST" : written;
        if (!TYPES.contains(type)) {
            throw refused("has the type " + quote(written) + EXAMPLE);
        }
        @Nullable String before = parts.put(type, value(strip(part.substring(equals + 1))));
        if (before != null) {
            throw refused("has " + type + " twice, expected each type once");
        }
    }

    /** A space after a backslash belongs to the value. */
    private static String strip(String value) {
        String stripped = value.strip();
        return stripped.endsWith("\\") && value.length() > value.indexOf(stripped) + stripped.length()
                ? stripped + " "
                : stripped;
    }

    private String value(String written) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c == '\\') {
                i = escaped(written, i + 1, plain);
            } else if (c == '*' || c == '+' || c == '"' || (c == '#' && i == 0)) {
                throw refused("has " + quote(written) + " with the sign " + c
                        + ", expected the exact value of one part, or a backslash before the sign");
            } else {
                int end = Character.isHighSurrogate(c) && i + 1 < written.length() ? i + 2 : i + 1;
                plain.writeBytes(written.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end - 1;
            }
        }
        if (plain.size() == 0) {
            throw refused("has a part without a value" + EXAMPLE);
        }
        return text(plain.toByteArray());
    }

    /** {@return the index of the last character of what is escaped: a sign, or two digits of a byte of UTF-8} */
    private int escaped(String written, int at, ByteArrayOutputStream plain) {
        if (at == written.length()) {
            throw refused("ends with a backslash" + EXAMPLE);
        }
        boolean digits = at + 1 < written.length()
                && Character.digit(written.charAt(at), 16) >= 0
                && Character.digit(written.charAt(at + 1), 16) >= 0;
        if (digits) {
            plain.write(Integer.parseInt(written.substring(at, at + 2), 16));
            return at + 1;
        }
        if (Character.isLetterOrDigit(written.charAt(at))) {
            throw refused("has a backslash before a letter" + EXAMPLE);
        }
        plain.writeBytes(written.substring(at, at + 1).getBytes(StandardCharsets.UTF_8));
        return at;
    }

    private String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused("has a value that is not UTF-8" + EXAMPLE);
        }
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("the identity " + quote(text) + " " + why);
    }

    private static String quote(String text) {
        return SafeText.quote(text, 200);
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
