package io.imagegate.reference;

import static io.imagegate.reference.CharacterClass.COLON;
import static io.imagegate.reference.CharacterClass.LOWER_OR_DIGIT;
import static io.imagegate.reference.CharacterClass.SLASH;
import static io.imagegate.reference.CharacterClass.UPPER;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses one pattern: splits it into its parts and checks each of them. */
final class PatternParser {

    private static final int LONGEST = 1024;
    private static final String ANY = "*";
    private static final String SUBDOMAINS = "*.";
    private static final String NETWORK = ".*";
    private static final String ANY_PORT = ":*";
    private static final String LOCALHOST = "localhost";

    private final String text;
    private final int digestAt;
    private final int pathEnd;

    PatternParser(String text) {
        this.text = text;
        int at = text.indexOf('@');
        this.digestAt = at < 0 ? text.length() : at;
        int colon = text.lastIndexOf(':', digestAt - 1);
        // A colon before the last slash belongs to a port.
        this.pathEnd = colon > text.lastIndexOf('/', digestAt - 1) ? colon : digestAt;
    }

    ImagePattern parse() {
        checkText();
        int slash = text.indexOf('/');
        boolean several = slash >= 0 && slash < pathEnd;
        String first = text.substring(0, several ? slash : pathEnd);
        HostPattern host = host(first, several);
        boolean written = several && isRegistry(first);
        PathPattern path = new PathPattern(segments(written ? slash + 1 : 0));
        boolean impliesLibrary = path.isOneSegment() && host.hasDockerHub();
        if (impliesLibrary && written && path.segments().get(0).toString().equals(ANY)) {
            throw problem(PatternProblem.DOCKER_HUB_STAR, slash + 1);
        }
        boolean official = impliesLibrary && host.equals(HostPattern.DOCKER_HUB);
        return new ImagePattern(text, host, official ? path.inLibrary() : path, tag(), digest());
    }

    /** {@return the registry of a pattern for one registry, as written; {@code docker.io} if it is not written} */
    static String registry(ImagePattern pattern) {
        String text = pattern.toString();
        String first = text.substring(0, Math.max(0, text.indexOf('/')));
        return isRegistry(first) ? first : RegistryName.DOCKER_HUB;
    }

    /** {@return whether a path can have a segment that is written so} */
    static boolean isSegment(String text) {
        try {
            new PatternParser(text).segment(0, text.length());
            return true;
        } catch (ReferenceSyntaxException invalid) {
            return false;
        }
    }

    private void checkText() {
        if (text.isEmpty()) {
            throw problem(PatternProblem.EMPTY, 0);
        }
        if (text.length() > LONGEST) {
            throw problem(PatternProblem.TOO_LONG, LONGEST);
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128) {
                throw problem(PatternProblem.NOT_ASCII, i);
            }
            if (c == ' ' || (c >= '\t' && c <= '\r')) {
                throw problem(PatternProblem.WHITE_SPACE, i);
            }
            if (c == '{' && !isPlaceholder(i)) {
                throw problem(PatternProblem.PLACEHOLDER, i);
            }
        }
        if (text.contains("://")) {
            throw problem(PatternProblem.SCHEME, 0);
        }
    }

    private HostPattern host(String first, boolean several) {
        if (first.equals(ANY)) {
            throw problem(PatternProblem.BARE_STAR, 0);
        }
        if (PathPattern.DEEP.toString().equals(first)) {
            return HostPattern.EVERY;
        }
        if (several && isRegistry(first)) {
            return registry(first);
        }
        if (!several && (first.contains(".") || first.equals(LOCALHOST))) {
            throw problem(PatternProblem.REGISTRY_ONLY, 0);
        }
        return HostPattern.DOCKER_HUB;
    }

    /** As in a reference, text before the first slash is a registry if it cannot be a Docker Hub namespace. */
    private static boolean isRegistry(String first) {
        int seen = 0;
        for (int i = 0; i < first.length(); i++) {
            seen |= CharacterClass.of(first.charAt(i));
        }
        return (seen & (CharacterClass.DOT | COLON | UPPER)) != 0 || first.equals(LOCALHOST);
    }

    private HostPattern registry(String first) {
        boolean anyPort = first.endsWith(ANY_PORT);
        String name = anyPort ? first.substring(0, first.length() - ANY_PORT.length()) : first;
        String host = RegistryName.host(name);
        if (anyPort && host.length() < name.length()) {
            throw problem(PatternProblem.REGISTRY_WILDCARD, name.length() + 1); // it has a port
        }
        HostPattern registry = host.endsWith(NETWORK) && isNetwork(host)
                ? HostPattern.network(host.substring(0, host.length() - 1), portOf(name, host))
                : named(name);
        if (anyPort && registry.equals(HostPattern.DOCKER_HUB)) {
            throw problem(PatternProblem.DOCKER_HUB_PORT, name.length());
        }
        return anyPort ? registry.withAnyPort() : registry;
    }

    private HostPattern named(String name) {
        boolean subdomains = name.startsWith(SUBDOMAINS);
        int start = subdomains ? SUBDOMAINS.length() : 0;
        for (int i = start; i < name.length(); i++) {
            if (isPlaceholder(i)) {
                throw problem(PatternProblem.PLACEHOLDER_PLACE, i);
            }
            if (isWildcard(name.charAt(i))) {
                throw problem(PatternProblem.REGISTRY_WILDCARD, i);
            }
        }
        String host = name.substring(start);
        if (subdomains && host.startsWith("[")) {
            throw problem(PatternProblem.REGISTRY_WILDCARD, 0); // an address has no subdomains
        }
        int end = RegistryScanner.end(text.substring(start), host.length());
        if (end < 0) {
            throw problem(PatternProblem.REGISTRY, start + ~end);
        }
        return subdomains ? HostPattern.below(host) : HostPattern.named(host);
    }

    /** {@return whether a host is one to three numbers of an IPv4 address, and a star for the others} */
    private static boolean isNetwork(String host) {
        String numbers = host.substring(0, host.length() - NETWORK.length());
        List<String> parts = List.of(numbers.split("\\.", -1));
        return parts.size() < 4 && parts.stream().allMatch(PatternParser::isByte);
    }

    private static boolean isByte(String part) {
        boolean digits = !part.isEmpty() && part.length() <= 3 && RegistryName.isNumeric(part);
        return digits && Integer.parseInt(part) <= 255 && part.equals(String.valueOf(Integer.parseInt(part)));
    }

    /** {@return the port after a host, with its colon; empty if there is none} */
    private String portOf(String name, String host) {
        for (int i = host.length() + 1; i < name.length(); i++) {
            if ((CharacterClass.of(name.charAt(i)) & CharacterClass.DIGIT) == 0) {
                throw problem(PatternProblem.REGISTRY, i);
            }
        }
        if (name.endsWith(":")) {
            throw problem(PatternProblem.REGISTRY, name.length());
        }
        return name.substring(host.length());
    }

    private List<Glob> segments(int from) {
        List<Glob> segments = new ArrayList<>();
        int start = from;
        while (start <= pathEnd) {
            int slash = text.indexOf('/', start);
            int end = slash < 0 || slash > pathEnd ? pathEnd : slash;
            segments.add(segment(start, end));
            start = end + 1;
        }
        return segments;
    }

    private Glob segment(int start, int end) {
        if (start == end) {
            throw problem(PatternProblem.EMPTY_SEGMENT, start);
        }
        Glob segment = Glob.segment(text.substring(start, end));
        if (PathPattern.isDeep(segment)) {
            return segment;
        }
        int previous = SLASH;
        for (int i = start; i < end; i++) {
            if (isPlaceholder(i)) {
                // A namespace begins and ends like a letter.
                previous = next(previous, LOWER_OR_DIGIT, i, i + NamespacePlaceholder.TEXT.length() == end);
                i += NamespacePlaceholder.TEXT.length() - 1;
            } else {
                previous = next(previous, i, end);
            }
        }
        return segment;
    }

    /** {@return the class of a character for the check of the next one; a wildcard counts as a letter} */
    private int next(int previous, int i, int end) {
        char c = text.charAt(i);
        int current = isWildcard(c) ? LOWER_OR_DIGIT : CharacterClass.of(c);
        if (i + 1 < end && text.startsWith("**", i)) {
            throw problem(PatternProblem.DOUBLE_STAR, i);
        }
        return next(previous, current, i, i + 1 == end);
    }

    private int next(int previous, int current, int i, boolean last) {
        int next = ReferenceScanner.after(previous, current);
        if (next == 0 || (last && next != LOWER_OR_DIGIT)) {
            throw problem(strayProblem(current), i);
        }
        return next;
    }

    private boolean isPlaceholder(int i) {
        return text.startsWith(NamespacePlaceholder.TEXT, i);
    }

    private static PatternProblem strayProblem(int current) {
        if ((current & UPPER) != 0) {
            return PatternProblem.UPPERCASE;
        }
        boolean separator = current != 0 && (current & (COLON | CharacterClass.AT)) == 0;
        return separator ? PatternProblem.SEPARATOR : PatternProblem.CHARACTER;
    }

    private @Nullable Glob tag() {
        if (pathEnd == digestAt) {
            return null;
        }
        String tag = text.substring(pathEnd + 1, digestAt);
        if (tag.isEmpty()) {
            throw problem(PatternProblem.EMPTY_TAG, digestAt);
        }
        for (int i = 0; i < tag.length(); i++) {
            if (isPlaceholder(pathEnd + 1 + i)) {
                throw problem(PatternProblem.PLACEHOLDER_PLACE, pathEnd + 1 + i);
            }
            if (!isTagCharacter(tag.charAt(i), i)) {
                throw problem(PatternProblem.TAG, pathEnd + 1 + i);
            }
        }
        if (tag.replace(ANY, "").length() > ReferenceScanner.LONGEST_TAG) {
            throw problem(PatternProblem.TAG_LENGTH, pathEnd + 1 + ReferenceScanner.LONGEST_TAG);
        }
        return Glob.parse(tag);
    }

    private static boolean isTagCharacter(char c, int position) {
        int allowed = LOWER_OR_DIGIT | UPPER | CharacterClass.UNDERSCORE;
        int inside = position == 0 ? 0 : CharacterClass.DOT | CharacterClass.DASH;
        return isWildcard(c) || (CharacterClass.of(c) & (allowed | inside)) != 0;
    }

    private @Nullable Glob digest() {
        if (digestAt == text.length()) {
            return null;
        }
        String digest = text.substring(digestAt + 1);
        int placeholder = text.indexOf(NamespacePlaceholder.TEXT, digestAt);
        if (placeholder >= 0) {
            throw problem(PatternProblem.PLACEHOLDER_PLACE, placeholder);
        }
        if (!digest.equals(ANY) && !isAnyOfAlgorithm(digest)) {
            int end = Digest.end(text, digestAt + 1);
            if (end < 0) {
                throw problem(PatternProblem.DIGEST, ~end);
            }
        }
        return Glob.parse(digest);
    }

    private static boolean isAnyOfAlgorithm(String digest) {
        return digest.equals("sha256:*") || digest.equals("sha384:*") || digest.equals("sha512:*");
    }

    private static boolean isWildcard(char c) {
        return c == '*' || c == '?';
    }

    private ReferenceSyntaxException problem(PatternProblem problem, int offset) {
        return new ReferenceSyntaxException(new SyntaxProblem(text, problem, offset));
    }
}
