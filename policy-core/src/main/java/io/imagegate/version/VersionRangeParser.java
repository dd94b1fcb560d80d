package io.imagegate.version;

import static io.imagegate.version.VersionBound.atLeast;
import static io.imagegate.version.VersionBound.atMost;
import static io.imagegate.version.VersionBound.equal;
import static io.imagegate.version.VersionBound.greater;
import static io.imagegate.version.VersionBound.less;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses a range into alternatives. Each is a list of bounds that must all be satisfied; an empty list matches every
 * version.
 */
final class VersionRangeParser {

    private static final SemanticVersion ZERO = SemanticVersion.of(0, 0, 0);
    private static final List<VersionBound> EVERY = List.of();
    private static final List<VersionBound> FROM_ZERO = List.of(atLeast(ZERO));
    private static final List<VersionBound> NONE = List.of(less(ZERO.beforePrereleases()));

    private final VersionScanner scanner;

    VersionRangeParser(String text) {
        this.scanner = new VersionScanner(text);
    }

    List<List<VersionBound>> parse() {
        List<List<VersionBound>> alternatives = new ArrayList<>();
        do {
            scanner.takeSpace();
            List<VersionBound> bounds = alternative();
            alternatives.add(bounds.equals(FROM_ZERO) ? EVERY : bounds);
        } while (scanner.take("||"));
        if (!scanner.atEnd()) {
            throw scanner.problem("expected a space and another version or ||");
        }
        return List.copyOf(alternatives);
    }

    private List<VersionBound> alternative() {
        List<VersionBound> bounds = new ArrayList<>();
        String operator = operator();
        PartialVersion first = scanner.version();
        boolean more = scanner.takeSpace();
        if (operator.isEmpty() && more && scanner.take("-")) {
            if (!scanner.takeSpace()) {
                throw scanner.problem("expected a space and another version");
            }
            bounds.addAll(bounds(">=", first));
            bounds.addAll(bounds("<=", scanner.version()));
            scanner.takeSpace();
            return List.copyOf(bounds);
        }
        bounds.addAll(bounds(operator, first));
        while (more && !scanner.atEnd() && !scanner.isNext("||")) {
            bounds.addAll(bounds(operator(), scanner.version()));
            more = scanner.takeSpace();
        }
        return List.copyOf(bounds);
    }

    private String operator() {
        for (String operator : List.of(">=", "<=", "~>", ">", "<", "=", "^", "~")) {
            if (scanner.take(operator)) {
                scanner.takeSpace();
                return operator;
            }
        }
        return "";
    }

    private static List<VersionBound> bounds(String operator, PartialVersion version) {
        if (version.depth() == 0) {
            return operator.equals("<") || operator.equals(">") ? NONE : EVERY;
        }
        return switch (operator) {
            case ">" -> List.of(version.isFull() ? greater(version.floor()) : atLeast(version.next()));
            case "<" ->
                List.of(less(
                        version.isFull() ? version.floor() : version.floor().beforePrereleases()));
            case ">=" -> List.of(atLeast(version.floor()));
            case "<=" ->
                List.of(
                        version.isFull()
                                ? atMost(version.floor())
                                : less(version.next().beforePrereleases()));
            case "^" -> between(version, version.compatible());
            case "~", "~>" -> between(version, Math.min(version.depth(), 2));
            default -> version.isFull() ? List.of(equal(version.floor())) : between(version, version.depth());
        };
    }

    private static List<VersionBound> between(PartialVersion version, int shared) {
        return List.of(atLeast(version.floor()), less(version.next(shared).beforePrereleases()));
    }
}
