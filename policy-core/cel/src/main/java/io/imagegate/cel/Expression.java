package io.imagegate.cel;

import dev.cel.runtime.CelAttribute;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.PartialVars;
import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Expression that was compiled. Immutable and thread-safe.
 *
 * @param text the expression
 * @param program evaluates it with registry and repository as patterns compare them
 * @param asWritten evaluates it where they are written in another way; null if its value does not depend on how they are written
 * @param named the properties that it names
 * @param sets arguments of functions on sets: the first by the second
 * @param matched instructions of regular expressions by the text that they are to match
 */
record Expression(
        String text,
        CelRuntime.Program program,
        CelRuntime.@Nullable Program asWritten,
        List<Named> named,
        Map<Long, Long> sets,
        Map<Long, Integer> matched) {

    private static final int SHOWN = 200;

    boolean namesFacts() {
        return named.stream().anyMatch(name -> name.property().isFact());
    }

    /**
     * Evaluates the expression. What is unknown is unknown to CEL, too: the value may not depend on it. It is also unknown if it depends
     * on how the registry is written.
     *
     * @param subject has the values of variables
     * @param budget limits the cost
     */
    Result evaluate(Subject subject, Budget budget) {
        Result result = evaluate(program, subject, budget);
        return asWritten != null && subject.isWrittenOtherwise()
                ? result.sameAs(evaluate(asWritten, subject.asWritten(), budget))
                : result;
    }

    private Result evaluate(CelRuntime.Program evaluated, Subject subject, Budget budget) {
        try {
            Object value = evaluated.trace(
                    values(subject), sets.isEmpty() && matched.isEmpty() ? budget : new Charges(sets, matched, budget));
            if (!budget.exceeded().isEmpty()) {
                return exceeded(budget);
            }
            return value instanceof CelUnknownSet set ? unknown(set, subject) : Result.of(value);
        } catch (CelEvaluationException failure) {
            return budget.exceeded().isEmpty() ? Result.unknown(failed(failure)) : exceeded(budget);
        }
    }

    private PartialVars values(Subject subject) {
        return PartialVars.of(
                name -> Variables.find(name, subject),
                named.stream().flatMap(name -> name.unknown(subject)).toList());
    }

    /** {@return whether the expression fails also where it does not depend on what is unknown; it was evaluated before} */
    boolean hidesError(Subject subject) {
        return hidesError(program, subject)
                || (asWritten != null && subject.isWrittenOtherwise() && hidesError(asWritten, subject.asWritten()));
    }

    private boolean hidesError(CelRuntime.Program evaluated, Subject subject) {
        HiddenErrors errors = new HiddenErrors();
        try {
            Object unused = evaluated.trace(values(subject), errors);
            return errors.found();
        } catch (CelEvaluationException failure) {
            return true;
        }
    }

    private static Result exceeded(Budget budget) {
        return Result.unknown("the expression costs too much: " + budget.exceeded());
    }

    private Result unknown(CelUnknownSet set, Subject subject) {
        List<String> missing = new ArrayList<>();
        boolean needsFacts = false;
        boolean addresses = false;
        for (CelAttribute attribute : set.attributes()) {
            String text = attribute.toString();
            List<Property> unknown = named.stream()
                    .filter(name -> name.isNamedBy(text)
                            && name.unknown(subject).findAny().isPresent())
                    .map(Named::property)
                    .toList();
            needsFacts |= unknown.stream().anyMatch(Property::isFact);
            addresses |= unknown.stream().anyMatch(Property::isRegistry);
            List<String> parts = unknown.stream()
                    .filter(property -> !property.isFact() && !property.isRegistry())
                    .map(property -> text.equals(property.variable()) ? property.name() : "")
                    .sorted()
                    .toList();
            if (!parts.isEmpty()) {
                String whole = String.join(", ", parts);
                missing.add(SafeText.quote(text, SHOWN) + (whole.isEmpty() ? "" : " (" + whole + ")"));
            }
        }
        Collections.sort(missing);
        return new Result(
                null,
                addresses
                        ? subject.addressReading()
                        : "the review does not tell " + String.join(", ", missing)
                                + ", on which the expression depends",
                needsFacts,
                addresses || !missing.isEmpty());
    }

    /** Arguments of functions, which are in such messages, may come from anybody. */
    private static String failed(CelEvaluationException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String message = String.valueOf(cause.getMessage()).lines().collect(Collectors.joining(" "));
        return "the expression failed: " + SafeText.escape(SafeText.cut(message, SHOWN));
    }
}
