package io.imagegate.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableExpr;
import io.imagegate.rule.CelSyntaxException;
import io.imagegate.rule.CelSyntaxException.Fault;
import io.imagegate.text.Copies;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * Checks regular expressions. They are compiled each time an expression is evaluated, and repetitions within repetitions make large
 * programs of short texts. So each is written as a literal, and its size is known before it is compiled.
 */
final class RegularExpressions {

    private static final java.util.regex.Pattern REPETITION =
            java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

    private RegularExpressions() {}

    /**
     * Checks all regular expressions of an expression.
     *
     * @return their instructions by the text that each is to match
     * @throws CelSyntaxException if one is no literal, is invalid or too large
     */
    static Map<Long, Integer> check(String text, CelAbstractSyntaxTree tree, List<CelNavigableExpr> nodes) {
        List<Fault> faults = new ArrayList<>();
        Map<Long, Integer> instructions = new HashMap<>();
        for (CelNavigableExpr node : nodes) {
            if (node.getKind() == CelExpr.ExprKind.Kind.CALL
                    && node.expr().call().function().equals("matches")) {
                List<CelExpr> arguments = node.expr().call().args();
                CelExpr pattern = arguments.get(arguments.size() - 1);
                CelExpr matched = node.expr().call().target().orElse(arguments.get(0));
                try {
                    instructions.put(matched.id(), instructions(pattern));
                } catch (IllegalArgumentException problem) {
                    int at = tree.getSource().getPositionsMap().getOrDefault(pattern.id(), 0);
                    faults.add(Fault.at(text, text.offsetByCodePoints(0, at), String.valueOf(problem.getMessage())));
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new CelSyntaxException(faults);
        }
        return Copies.of(instructions);
    }

    /** {@return the instructions of a regular expression; the message of an exception says what is wrong with it} */
    private static int instructions(CelExpr pattern) {
        if (pattern.getKind() != CelExpr.ExprKind.Kind.CONSTANT
                || pattern.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            throw new IllegalArgumentException("a regular expression that is computed, expected a text in quotes");
        }
        String regex = pattern.constant().stringValue();
        try {
            int instructions = size(regex) > Limits.REGEX
                    ? Integer.MAX_VALUE
                    : Pattern.compile(regex).programSize();
            if (instructions > Limits.REGEX) {
                throw new IllegalArgumentException("a regular expression of more than " + Limits.REGEX
                        + " instructions, expected fewer repetitions such as {1,100}");
            }
            return instructions;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "no regular expression: " + e.getDescription() + ", expected the syntax of RE2", e);
        }
    }

    /** {@return how many characters the text has once its counted repetitions are written out; at least as many as it needs} */
    static long size(String regex) {
        Deque<Long> outer = new ArrayDeque<>();
        long size = 0;
        long last = 0;
        Matcher repetition = REPETITION.matcher(regex);
        for (int i = 0; i < regex.length() && size <= Limits.EXPRESSION; i++) {
            char c = regex.charAt(i);
            if (c == '(') {
                outer.push(size);
                size = 0;
                last = 0;
            } else if (c == ')' && !outer.isEmpty()) {
                last = size + 2;
                size = outer.pop() + last;
            } else if (c == '{' && repetition.region(i, regex.length()).lookingAt()) {
                long more = last * (Math.max(1, most(repetition)) - 1);
                size += more;
                last += more;
                i = repetition.end() - 1;
            } else {
                // What repeats without a count adds to what it repeats.
                last = "*+?".indexOf(c) >= 0 ? last + 1 : 1;
                size++;
                i = end(regex, i);
            }
        }
        return outer.stream().reduce(size, Long::sum);
    }

    /** {@return the index of the last character of an escape, or of a class such as {@code [^a-z[:digit:]]}} */
    private static int end(String regex, int start) {
        if (regex.charAt(start) == '\\') {
            // Quoted text may have parentheses.
            return regex.startsWith("Q", start + 1) ? quoted(regex, start) : start + 1;
        }
        if (regex.charAt(start) != '[') {
            return start;
        }
        int i = regex.startsWith("^", start + 1) ? start + 2 : start + 1;
        for (int first = i; i < regex.length() && (regex.charAt(i) != ']' || i == first); i++) {
            if (regex.charAt(i) == '\\') {
                i++;
            } else if (regex.startsWith("[:", i) && regex.indexOf(":]", i) > 0) {
                i = regex.indexOf(":]", i) + 1;
            }
        }
        return i;
    }

    private static int quoted(String regex, int start) {
        int end = regex.indexOf("\\E", start);
        return end < 0 ? regex.length() : end + 1;
    }

    private static long most(Matcher repetition) {
        String greatest = repetition.group(2);
        return Long.parseLong(greatest == null || greatest.isEmpty() ? repetition.group(1) : greatest);
    }
}
