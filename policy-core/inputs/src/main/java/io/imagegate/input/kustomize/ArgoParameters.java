package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.text.SafeText;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of a chart, which Argo CD gives to Helm as {@code --set} and {@code --set-string}: of those with one name the last, and all
 * others in no order. So two that set one value are refused. Not thread-safe.
 */
final class ArgoParameters {

    private static final Pattern COMMA = Pattern.compile("(?<!\\\\),");
    private static final int SHOWN = 100;

    private final DeployedFiles files;
    private final KustomizeBudget budget;
    private final ChartLayers layers;

    ArgoParameters(DeployedFiles files, KustomizeBudget budget, ChartLayers layers) {
        this.files = files;
        this.budget = budget;
        this.layers = layers;
    }

    /** A value in values, as far as parameters set it or something in it. */
    private static final class Place {

        private final Map<String, Place> inner = new HashMap<>();
        private @Nullable ManifestNode setBy;
        private @Nullable ManifestNode passedBy;
    }

    /** Sets parameters. */
    void set(List<ManifestNode> parameters) throws InputException {
        // Helm sets texts after all else.
        for (boolean isText : List.of(false, true)) {
            Map<String, ManifestNode> last = new LinkedHashMap<>();
            for (ManifestNode parameter : parameters) {
                ManifestNode force = parameter.field("forceString");
                if ((force != null && force.text.equals("true")) == isText) {
                    last.put(parameter.text("name"), parameter);
                }
            }
            Place places = new Place();
            for (ManifestNode parameter : last.values()) {
                set(parameter, isText, places);
            }
        }
    }

    private void set(ManifestNode parameter, boolean isText, Place places) throws InputException {
        ManifestNode value = parameter.field("value");
        String text = value == null ? "" : value.text;
        ManifestNode at = value == null ? parameter : value;
        boolean isList = text.startsWith("{") && text.endsWith("}");
        // Argo CD replaces variables, such as $ARGOCD_APP_NAME.
        boolean isUnknown = text.contains("$");
        String set = isUnknown
                ? HelmSetText.unknown(text)
                : isList ? text : COMMA.matcher(text).replaceAll("\\\\,");
        HelmSetText read = new HelmSetText(parameter.text("name") + "=" + set, isText || isUnknown, at, budget);
        if (!layers.set(read)) {
            files.unread.values(parameter, "a parameter as in helm --set");
        }
        for (List<String> path : read.paths()) {
            requireOnce(parameter, path, places);
        }
    }

    private static void requireOnce(ManifestNode parameter, List<String> path, Place places) throws InputException {
        Place at = places;
        for (String step : path) {
            requireSame(parameter, at.setBy);
            at.passedBy = at.passedBy == null ? parameter : at.passedBy;
            at = at.inner.computeIfAbsent(step, name -> new Place());
        }
        requireSame(parameter, at.setBy);
        requireSame(parameter, at.passedBy);
        at.setBy = parameter;
    }

    private static void requireSame(ManifestNode parameter, @Nullable ManifestNode other) throws InputException {
        if (other != null && other != parameter) {
            throw parameter.malformed(
                    SafeText.quote(parameter.text("name"), SHOWN) + " sets a value that the parameter of "
                            + other.source.name() + ":" + other.line
                            + " sets, too, in an order that Argo CD leaves to chance: expected one of them");
        }
    }
}
