package io.imagegate.signature.x509;

import io.imagegate.signature.x509.DistinguishedName.Attribute;
import io.imagegate.signer.PathGlob;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A pattern over a whole subject as RFC 4514 writes it, such as {@code CN=release*,O=acme}, matched part by part. */
public final class SubjectPattern {

    private static final Pattern BYTE = Pattern.compile("[0-9A-Fa-f]{2}");

    private final String text;
    private final List<List<Part>> parts;

    private record Part(String type, PathGlob value) {

        boolean matches(Attribute attribute) {
            return type.equals(attribute.type()) && value.matches(attribute.value());
        }
    }

    private SubjectPattern(String text, List<List<Part>> parts) {
        this.text = text;
        this.parts = parts;
    }

    public static SubjectPattern parse(String text) {
        List<List<Part>> parts = new ArrayList<>();
        for (String part : split(text, ',')) {
            parts.add(split(part, '+').stream().map(SubjectPattern::part).toList());
        }
        return new SubjectPattern(text, parts);
    }

    private static Part part(String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new IllegalArgumentException(
                    "subject: expected parts such as CN=release,O=acme, got \"" + text + "\"");
        }
        String type = text.substring(0, equals).strip().toUpperCase(Locale.ROOT);
        return new Part(
                type, PathGlob.parse(unescaped(text.substring(equals + 1).strip())));
    }

    /** Splits at a sign that no backslash stands before. */
    private static List<String> split(String text, char sign) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == sign) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    /** A backslash escapes one character, or two hexadecimal digits of a byte of UTF-8. A literal star cannot be written. */
    private static String unescaped(String text) {
        ByteArrayOutputStream plain = new ByteArrayOutputStream(text.length());
        int at = 0;
        while (at < text.length()) {
            boolean escape = text.charAt(at) == '\\' && at + 1 < text.length();
            int start = escape ? at + 1 : at;
            Matcher digits = BYTE.matcher(text).region(start, text.length());
            byte[] sign;
            if (escape && digits.lookingAt()) {
                sign = HexFormat.of().parseHex(digits.group());
                at = digits.end();
            } else {
                at = text.offsetByCodePoints(start, 1);
                sign = text.substring(start, at).getBytes(StandardCharsets.UTF_8);
            }
            if (escape && sign[0] == '*') {
                throw new IllegalArgumentException(
                        "subject: expected no star after a backslash, for a star matches any text, got \"" + text
                                + "\"");
            }
            plain.writeBytes(sign);
        }
        return plain.toString(StandardCharsets.UTF_8);
    }

    public boolean matches(DistinguishedName name) {
        if (name.parts().size() != parts.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!matches(parts.get(i), name.parts().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(List<Part> wanted, List<Attribute> found) {
        if (wanted.size() != found.size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!wanted.get(i).matches(found.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
