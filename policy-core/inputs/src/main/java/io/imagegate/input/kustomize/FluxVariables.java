package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces variables in the texts of objects, as {@code postBuild} of Flux does: {@code ${A}}, {@code ${A:-b}}, {@code ${A:=b}}. All other
 * forms, and variables without a value, stay as they are, so that an image with one is not known. See
 * <a href="https://github.com/fluxcd/pkg/blob/main/kustomize/kustomize_varsub.go">SubstituteVariables</a> and
 * <a href="https://github.com/fluxcd/pkg/tree/main/envsubst">envsubst</a>. Immutable.
 *
 * @param values the values that are known
 * @param isComplete whether there are no others
 */
record FluxVariables(Map<String, ManifestNode> values, boolean isComplete) {

    private static final String DISABLED = "kustomize.toolkit.fluxcd.io/substitute";

    /** Objects with names of any kind, which are none of images. */
    private static final Set<String> FREE = Set.of(
            "annotations", "labels", "matchLabels", "nodeSelector", "selector", "data", "stringData", "binaryData");

    /** A variable, or a dollar sign by itself. */
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-=])([^${}\"'\\\\]*))?\\}");

    /** Values that leave the structure of YAML as it is. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./@+-]([A-Za-z0-9_./@+:-]*[A-Za-z0-9_./@+-])?");

    /** Most characters of a text with values in place of its variables, which are as many as an object of the API may have. */
    private static final int LONGEST = 1 << 20;

    private static final Pattern LEFT = Pattern.compile("\\$\\{[^}]*\\}?|\\$\\([^)]*\\)|\\{\\{.*");

    /** {@return what has no value in a text; empty if nothing} */
    static String unknown(String text) {
        Matcher left = LEFT.matcher(text);
        return left.find() ? left.group() : "";
    }

    /** Replaces variables in an object. */
    void apply(ManifestNode object, KustomizeBudget budget) throws InputException {
        ManifestNode metadata = object.field("metadata");
        if (metadata != null && (isDisabled(metadata.field("labels")) || isDisabled(metadata.field("annotations")))) {
            return;
        }
        replaceIn(object, false, budget);
    }

    private static boolean isDisabled(@Nullable ManifestNode texts) {
        return texts != null && texts.text(DISABLED).equals("disabled");
    }

    private void replaceIn(ManifestNode value, boolean isFree, KustomizeBudget budget) throws InputException {
        budget.visit(value, 1);
        for (Map.Entry<String, ManifestNode> field : value.fields.entrySet()) {
            if (!isFree && field.getKey().contains("${")) {
                throw field.getValue()
                        .malformed("what variables make of names of fields is not known:"
                                + " check what flux build kustomization prints instead");
            }
            field.setValue(replaced(field.getValue(), FREE.contains(field.getKey()), budget));
        }
        for (int i = 0; i < value.elements.size(); i++) {
            value.elements.set(i, replaced(value.elements.get(i), false, budget));
        }
    }

    private ManifestNode replaced(ManifestNode value, boolean isFree, KustomizeBudget budget) throws InputException {
        if (!value.isScalar()) {
            replaceIn(value, isFree, budget);
            return value;
        }
        if (value.changedBy != null || value.text.indexOf("${") < 0) {
            return value;
        }
        budget.visit(value, value.text.length());
        String text = text(value, budget);
        budget.make(value, text.length());
        return text.equals(value.text) ? value : value.withText(text);
    }

    private String text(ManifestNode value, KustomizeBudget budget) throws InputException {
        Matcher variable = VARIABLE.matcher(value.text);
        StringBuilder made = new StringBuilder();
        while (variable.find()) {
            String name = variable.group(1);
            String found = name == null ? variable.group() : value(name, variable.group(2), variable.group(3));
            variable.appendReplacement(made, Matcher.quoteReplacement(found == null ? variable.group() : found));
            budget.visit(value, found == null ? 1 : found.length());
            if (made.length() > LONGEST) {
                throw value.malformed("with the values of its variables this has more than " + LONGEST + " characters");
            }
        }
        return variable.appendTail(made).toString();
    }

    private @Nullable String value(String name, @Nullable String operator, @Nullable String other) {
        ManifestNode value = values.get(name);
        if (value == null) {
            return isComplete ? other : null;
        }
        String text = value.text.replace("\n", "");
        if (text.isEmpty()) {
            // The page and the code of envsubst differ in what - and = do with an empty value.
            return operator == null ? "" : operator.startsWith(":") ? other : null;
        }
        return PLAIN.matcher(text).matches() ? text : null;
    }
}
