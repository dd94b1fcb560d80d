package io.imagegate.cel;

import dev.cel.common.CelIssue;
import io.imagegate.rule.CelSyntaxException.Fault;
import io.imagegate.text.SafeText;
import io.imagegate.text.Suggestion;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what the compiler finds wrong with an expression: the place of the name that is unknown, and the names that could be meant. */
final class Faults {

    private static final int MOST = 5;
    private static final int SHOWN = 40;

    private static final List<String> FUNCTIONS = List.of(
            "all",
            "bool",
            "bytes",
            "charAt",
            "contains",
            "double",
            "duration",
            "dyn",
            "endsWith",
            "exists",
            "exists_one",
            "filter",
            "getDate",
            "getDayOfMonth",
            "getDayOfWeek",
            "getDayOfYear",
            "getFullYear",
            "getHours",
            "getMilliseconds",
            "getMinutes",
            "getMonth",
            "getSeconds",
            "has",
            "indexOf",
            "int",
            "lastIndexOf",
            "lowerAscii",
            "map",
            "matches",
            "sets.contains",
            "sets.equivalent",
            "sets.intersects",
            "size",
            "split",
            "startsWith",
            "string",
            "substring",
            "timestamp",
            "trim",
            "type",
            "uint",
            "upperAscii");

    private static final Pattern UNKNOWN_NAME = Pattern.compile("undeclared reference to '(.+)' \\(in container ''\\)");
    private static final Pattern UNKNOWN_PROPERTY = Pattern.compile("undefined field '(.+)'");
    private static final Pattern NO_OVERLOAD = Pattern.compile(
            "found no matching overload for '(.+)' applied to '(.+?)' \\(candidates: .*", Pattern.DOTALL);
    private static final Pattern UNEXPECTED =
            Pattern.compile("(?:mismatched|extraneous) input '(.*)' expecting .*", Pattern.DOTALL);
    private static final Pattern NO_TOKEN = Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL);
    private static final Pattern BEFORE = Pattern.compile("([A-Za-z_]\\w*)\\s*\\.?\\s*$");

    private Faults() {}

    /** {@return what is wrong, in the order of the expression} */
    static List<Fault> of(String text, Collection<CelIssue> issues) {
        // What does not parse is reported again and again.
        boolean syntax = issues.stream().anyMatch(issue -> issue.getExprId() == 0);
        return issues.stream()
                .sorted(Comparator.comparingInt(
                                (CelIssue issue) -> issue.getSourceLocation().getLine())
                        .thenComparingInt(issue -> issue.getSourceLocation().getColumn()))
                .limit(syntax ? 1 : MOST)
                .map(issue -> of(text, issue))
                .toList();
    }

    private static Fault of(String text, CelIssue issue) {
        int offset = offset(
                text,
                issue.getSourceLocation().getLine(),
                issue.getSourceLocation().getColumn());
        String message = issue.getMessage();
        Matcher property = UNKNOWN_PROPERTY.matcher(message);
        if (property.matches()) {
            return unknownProperty(text, offset, property.group(1));
        }
        Matcher name = UNKNOWN_NAME.matcher(message);
        if (name.matches()) {
            return unknownName(text, offset, name.group(1));
        }
        Matcher overload = NO_OVERLOAD.matcher(message);
        if (overload.matches()) {
            return Fault.at(text, offset, operator(overload.group(1)) + " does not take " + overload.group(2));
        }
        Matcher unexpected = UNEXPECTED.matcher(message);
        if (unexpected.matches()) {
            String found = unexpected.group(1);
            return Fault.at(
                    text,
                    offset,
                    "unexpected " + (found.equals("<EOF>") ? "end of the expression" : quote(found))
                            + ", expected a value or an operator");
        }
        Matcher token = NO_TOKEN.matcher(message);
        return Fault.at(
                text,
                offset,
                token.matches()
                        ? "unexpected " + quote(token.group(1)) + ", expected CEL"
                        : SafeText.escape(SafeText.cut(message, Limits.MESSAGE)));
    }

    /** {@return the operator that the compiler calls {@code _==_}, or a function} */
    private static String operator(String name) {
        return Character.isLetter(name.charAt(0)) ? name : name.replaceAll("[_@]", "");
    }

    private static Fault unknownProperty(String text, int offset, String name) {
        int at = Math.max(offset, text.indexOf(name, offset));
        Matcher before = BEFORE.matcher(text.substring(0, at));
        Set<String> names =
                before.find() ? Variables.properties(before.group(1)).keySet() : Set.of();
        return Fault.at(
                text,
                at,
                "unknown property " + quote(name) + (names.isEmpty() ? "" : ", " + Suggestion.oneOf(name, names)));
    }

    private static Fault unknownName(String text, int offset, String name) {
        // The place of a function is that of its parenthesis.
        boolean function = text.startsWith("(", offset);
        int start = text.lastIndexOf(name, offset);
        return Fault.at(
                text,
                function && start >= 0 ? start : offset,
                "unknown " + (function ? "function " : "variable ") + quote(name) + ", "
                        + Suggestion.oneOf(name, function ? FUNCTIONS : Variables.names()));
    }

    private static int offset(String text, int line, int column) {
        int start = 0;
        for (int i = 1; i < line && text.indexOf('\n', start) >= 0; i++) {
            start = text.indexOf('\n', start) + 1;
        }
        int characters = text.codePointCount(start, text.length());
        return text.offsetByCodePoints(start, Math.max(0, Math.min(column, characters)));
    }

    private static String quote(String text) {
        return SafeText.quote(text, SHOWN);
    }
}
