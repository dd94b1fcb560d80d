package io.imagegate.signer;

import static java.util.Map.entry;

import io.imagegate.text.SafeText;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads names of X.500 as RFC 4514 writes them, and as openssl prints them: with spaces around the signs, and with quotes where a
 * value needs them. What only looks like a name is refused: it would be compared with something that nobody meant.
 */
final class SubjectReader {

    /** One type, in upper case or as an object identifier, and its value. */
    record Attribute(String type, String value) {}

    private static final int LONGEST = 4_096;
    private static final int MOST_PARTS = 32;
    private static final int SHOWN = 200;

    private static final Map<String, String> NAMES = Map.ofEntries(
            entry("2.5.4.3", "CN"),
            entry("2.5.4.5", "SERIALNUMBER"),
            entry("2.5.4.6", "C"),
            entry("2.5.4.7", "L"),
            entry("2.5.4.8", "ST"),
            entry("2.5.4.9", "STREET"),
            entry("2.5.4.10", "O"),
            entry("2.5.4.11", "OU"),
            entry("1.2.840.113549.1.9.1", "EMAILADDRESS"),
            entry("0.9.2342.19200300.100.1.1", "UID"),
            entry("0.9.2342.19200300.100.1.25", "DC"));

    private static final Set<String> TYPES = new TreeSet<>(NAMES.values());

    /** Kinds of texts in DER: UTF8String, PrintableString and IA5String. */
    private static final Set<Integer> TEXTS = Set.of(0x0c, 0x13, 0x16);

    private final String text;
    private final boolean globs;
    private final String what;
    private final String expected;
    private int at;

    private SubjectReader(String text, boolean globs, String what, String expected) {
        this.text = text;
        this.globs = globs;
        this.what = what;
        this.expected = ", expected " + expected;
    }

    /** {@return the parts of a pattern, whose values are globs} */
    static List<List<Attribute>> pattern(String text) {
        String quoted = SafeText.quote(text, SHOWN);
        return new SubjectReader(text, true, quoted, "a subject as RFC 4514 writes it, such as CN=release,O=acme")
                .read();
    }

    /** {@return the parts of an identity, each of which is one attribute with its exact value} */
    static List<List<Attribute>> identity(String text, String what) {
        return new SubjectReader(text, false, what, "parts such as C=DE, ST=BE, O=acme, CN=acme release").read();
    }

    /** {@return the name of a type, or the object identifier if it has none here} */
    static String type(String oid) {
        return NAMES.getOrDefault(oid, oid);
    }

    private List<List<Attribute>> read() {
        if (text.length() > LONGEST) {
            throw refused(" has " + text.length() + " characters, expected at most " + LONGEST);
        }
        List<List<Attribute>> parts = new ArrayList<>();
        do {
            List<Attribute> part = new ArrayList<>();
            do {
                part.add(attribute());
            } while (isNext('+'));
            parts.add(part);
        } while (isNext(','));
        if (parts.size() > MOST_PARTS) {
            throw refused(" has " + parts.size() + " parts, expected at most " + MOST_PARTS);
        }
        return parts;
    }

    private boolean isNext(char sign) {
        boolean next = at < text.length() && text.charAt(at) == sign;
        at += next ? 1 : 0;
        return next;
    }

    private void skipSpaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private Attribute attribute() {
        int start = at;
        int end = partEnd(start);
        int equals = text.indexOf('=', start);
        if (equals < 0 || equals >= end || text.substring(start, equals).isBlank()) {
            String part = text.substring(start, end).strip();
            throw refused((part.equals(text.strip()) ? "" : " has " + quote(part)) + expected);
        }
        String type = typeOf(text.substring(start, equals).strip());
        at = equals + 1;
        skipSpaces();
        return new Attribute(type, value());
    }

    /** {@return where the part that begins there ends, quotes or not} */
    private int partEnd(int start) {
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ',') {
                return i;
            }
            i += c == '\\' ? 1 : 0;
        }
        return text.length();
    }

    private String typeOf(String written) {
        String upper = written.toUpperCase(Locale.ROOT);
        String type = upper.equals("S") ? "ST" : type(upper);
        if (!TYPES.contains(type) && !isObjectIdentifier(type)) {
            throw refused(" has the type " + quote(upper) + expected + "; types are " + String.join(", ", TYPES)
                    + ", or object identifiers such as 2.5.4.12");
        }
        return type;
    }

    private static boolean isObjectIdentifier(String type) {
        String[] numbers = type.split("\\.", -1);
        boolean valid = numbers.length > 1;
        for (String number : numbers) {
            boolean digits = !number.isEmpty() && number.chars().allMatch(c -> c >= '0' && c <= '9');
            valid &= digits && (number.length() == 1 || number.charAt(0) != '0');
        }
        return valid;
    }

    private String value() {
        int start = at;
        boolean quoted = isNext('"');
        String value = quoted ? quoted(start) : isNext('#') ? encoded(start) : plain(start);
        skipSpaces();
        if (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '+') {
            throw wrongSign(start, text.charAt(at));
        }
        if (!globs && at < text.length() && text.charAt(at) == '+') {
            throw wrongSign(start, '+');
        }
        if (value.isEmpty()) {
            throw refused(" has a part without a value" + expected);
        }
        return value;
    }

    private String plain(int start) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        int end = 0;
        while (at < text.length() && ",+;<>\"\0".indexOf(text.charAt(at)) < 0) {
            boolean space = Character.isWhitespace(text.charAt(at));
            character(start, plain);
            end = space ? end : plain.size();
        }
        return decoded(Arrays.copyOf(plain.toByteArray(), end));
    }

    private String quoted(int start) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        int begin = at;
        while (at < text.length() && text.charAt(at) != '"') {
            character(start, plain);
        }
        String inside = text.substring(begin, at);
        if (!isNext('"')) {
            throw refused(" has a quote without its end" + expected);
        }
        boolean needed = !inside.equals(inside.strip()) || inside.chars().anyMatch(c -> ",+\"\\<>;=#".indexOf(c) >= 0);
        if (!needed) {
            throw refused(" has quotes around " + quote(inside)
                    + ", expected the value without them, or a backslash before a quote that belongs to it");
        }
        return decoded(plain.toByteArray());
    }

    /** Takes one character, or what a backslash stands before. */
    private void character(int start, ByteArrayOutputStream plain) {
        boolean escaped = isNext('\\');
        if (escaped && at == text.length()) {
            throw refused(" ends with a backslash" + expected);
        }
        int c = text.codePointAt(at);
        boolean digits = escaped && at + 1 < text.length() && isHex(text.charAt(at)) && isHex(text.charAt(at + 1));
        if (digits) {
            c = HexFormat.fromHexDigits(text, at, at + 2);
            at += 2;
            plain.write(c);
        } else {
            if (escaped && Character.isLetterOrDigit(c)) {
                throw refused(" has a backslash before a letter" + expected);
            }
            at += Character.charCount(c);
            plain.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        }
        if (c == '*' && globs && escaped) {
            throw starred();
        }
        if (c == '*' && !globs && !escaped) {
            throw wrongSign(start, '*');
        }
    }

    private static boolean isHex(char c) {
        return HexFormat.isHexDigit(c);
    }

    /** {@return the value of DER that stands there in digits, as certificates are read} */
    private String encoded(int start) {
        int begin = at;
        while (at < text.length() && isHex(text.charAt(at))) {
            at++;
        }
        String digits = text.substring(begin, at);
        if (digits.isEmpty() || digits.length() % 2 != 0) {
            throw wrongSign(start, '#');
        }
        byte[] der = HexFormat.of().parseHex(digits);
        int header = der.length < 130 ? 2 : der.length < 259 ? 3 : 4;
        if (!TEXTS.contains((int) der[0]) || der.length < header || !isLength(der, header)) {
            return "#" + digits.toLowerCase(Locale.ROOT);
        }
        String value = decoded(Arrays.copyOfRange(der, header, der.length));
        if (globs && value.indexOf('*') >= 0) {
            throw starred();
        }
        return value;
    }

    private static boolean isLength(byte[] der, int header) {
        int length = der.length - header;
        return switch (header) {
            case 2 -> der[1] == length;
            case 3 -> der[1] == (byte) 0x81 && der[2] == (byte) length;
            default -> der[1] == (byte) 0x82 && der[2] == (byte) (length >> 8) && der[3] == (byte) length;
        };
    }

    private String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused(" has a value that is not UTF-8" + expected);
        }
    }

    private IllegalArgumentException starred() {
        return refused(", expected no star after a backslash or in digits: a star matches any text");
    }

    private IllegalArgumentException wrongSign(int start, char sign) {
        String value = text.substring(start, partEnd(start)).strip();
        return refused(" has " + quote(value) + " with the sign " + sign + ", expected "
                + (globs ? "a comma between parts" : "the exact value of one part")
                + ", or a backslash before the sign");
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(what + why);
    }

    private static String quote(String text) {
        return SafeText.quote(text, SHOWN);
    }
}
