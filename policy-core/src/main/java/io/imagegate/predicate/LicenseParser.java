package io.imagegate.predicate;

import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses one license expression. Operators are written in upper or in lower case, as SPDX 3 has it. */
final class LicenseParser {

    private static final Pattern TOKEN = Pattern.compile("\\s*+([()]|[A-Za-z0-9.+:-]++)\\s*+");
    private static final int DEPTH = 32;
    private static final int SHOWN = 100;

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int next;
    private int depth;

    LicenseParser(String text) {
        this.text = text;
    }

    /** {@return the expression} */
    LicenseNode parse() {
        Matcher token = TOKEN.matcher(text);
        int end = 0;
        while (token.lookingAt()) {
            tokens.add(token.group(1));
            end = token.end();
            token.region(end, text.length());
        }
        if (end < text.length()) {
            throw wrong();
        }
        LicenseNode parsed = any();
        if (next < tokens.size()) {
            throw wrong();
        }
        return parsed;
    }

    private LicenseNode any() {
        List<LicenseNode> parts = new ArrayList<>();
        do {
            parts.add(all());
        } while (takes("OR", "or"));
        return LicenseNode.any(parts);
    }

    private LicenseNode all() {
        List<LicenseNode> parts = new ArrayList<>();
        do {
            parts.add(part());
        } while (takes("AND", "and"));
        return LicenseNode.all(parts);
    }

    private LicenseNode part() {
        if (!takes("(", "(")) {
            LicenseNode license = LicenseTerm.read(id());
            return takes("WITH", "with") ? LicenseTerm.with(license, id()) : license;
        }
        if (++depth > DEPTH) {
            throw new UnreadableException("a license with parentheses more than " + DEPTH + " deep");
        }
        LicenseNode inner = any();
        if (!takes(")", ")")) {
            throw wrong();
        }
        depth--;
        return inner;
    }

    private boolean takes(String token, String lower) {
        boolean taken = next < tokens.size()
                && (tokens.get(next).equals(token) || tokens.get(next).equals(lower));
        next += taken ? 1 : 0;
        return taken;
    }

    private String id() {
        if (next == tokens.size() || tokens.get(next).equals(")")) {
            throw wrong();
        }
        return tokens.get(next++);
    }

    private UnreadableException wrong() {
        return new UnreadableException(SafeText.quote(text, SHOWN) + " is not a license expression of SPDX");
    }
}
