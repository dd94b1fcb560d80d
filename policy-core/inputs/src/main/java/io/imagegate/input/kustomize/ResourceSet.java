package io.imagegate.input.kustomize;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.input.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * The objects in a ResourceSet, of which the
 * <a href="https://github.com/controlplaneio-fluxcd/flux-operator/blob/main/internal/builder/resourceset.go">Flux Operator</a> makes others
 * with its inputs. Actions of templates, {@code << inputs.tag >>}, stay in their texts, so that an image with one is not known. Lines of
 * actions alone are left out of {@code resourcesTemplate}, and documents that are no YAML without these.
 */
final class ResourceSet {

    static final String KIND = "ResourceSet.fluxcd.controlplane.io";

    /** Fields that are read here, or that templates alone use. */
    static final List<String> READ = List.of("commonMetadata", "inputs", "resources", "resourcesTemplate", "steps");

    private static final String OPEN = "<<";
    private static final String CLOSE = ">>";

    private final List<Resource> resources = new ArrayList<>();
    private final KustomizeBudget budget;
    private boolean hasTemplates;

    /**
     * An object.
     *
     * @param object as it is written
     * @param isTemplate whether it has actions, so that anything may be made of it
     */
    record Resource(ManifestNode object, boolean isTemplate) {}

    private ResourceSet(KustomizeBudget budget) {
        this.budget = budget;
    }

    /** {@return the objects in a ResourceSet} */
    static ResourceSet of(ManifestNode object, KustomizeBudget budget) throws InputException {
        ResourceSet all = new ResourceSet(budget);
        ManifestNode spec = ManifestNode.in(object, "spec");
        all.read(spec);
        ManifestNode steps = ManifestNode.in(spec, "steps");
        steps.requireKnown();
        for (ManifestNode step : steps.elements) {
            all.read(step);
        }
        return all;
    }

    List<Resource> resources() {
        return resources;
    }

    /** {@return whether anything is a template, so that not all that is made of it is known} */
    boolean hasTemplates() {
        return hasTemplates;
    }

    private void read(ManifestNode step) throws InputException {
        step.requireKnown();
        ManifestNode written = ManifestNode.in(step, "resources");
        written.requireKnown();
        for (ManifestNode resource : written.elements) {
            add(resource);
        }
        ManifestNode text = step.field("resourcesTemplate");
        if (text != null) {
            text.requireKnown();
            addAll(text);
        }
    }

    private void add(ManifestNode resource) throws InputException {
        boolean isTemplate = hasActions(resource);
        hasTemplates |= isTemplate;
        resources.add(new Resource(resource, isTemplate));
    }

    private boolean hasActions(ManifestNode value) throws InputException {
        budget.visit(value, 1);
        if (value.isScalar()) {
            return value.text.contains(OPEN);
        }
        boolean found = value.fields.keySet().stream().anyMatch(name -> name.contains(OPEN));
        for (ManifestNode inner : value.isArray() ? value.elements : value.fields.values()) {
            found |= hasActions(inner);
        }
        return found;
    }

    private void addAll(ManifestNode text) throws InputException {
        if (!text.text.contains(OPEN)) {
            for (ManifestNode document : read(text, text.text, text.line)) {
                add(document);
            }
            return;
        }
        hasTemplates = true;
        StringBuilder document = new StringBuilder();
        int first = 0;
        int line = 0;
        for (String next : text.text.split("\n", -1)) {
            if (next.startsWith("---")) {
                addTemplate(text, document, text.line + first);
                document.setLength(0);
                first = line;
            }
            document.append(isActions(next) ? "" : next).append('\n');
            line++;
        }
        addTemplate(text, document, text.line + first);
    }

    /** {@return whether there is nothing but actions in a line} */
    private static boolean isActions(String line) {
        int at = 0;
        while (at < line.length()) {
            if (line.startsWith(OPEN, at)) {
                int end = line.indexOf(CLOSE, at);
                if (end < 0) {
                    return false;
                }
                at = end + CLOSE.length();
            } else if (Character.isWhitespace(line.charAt(at))) {
                at++;
            } else {
                return false;
            }
        }
        return true;
    }

    private void addTemplate(ManifestNode text, CharSequence document, int line) throws InputException {
        try {
            for (ManifestNode resource : read(text, document.toString(), line)) {
                add(resource);
            }
        } catch (InputException unreadable) {
            // It is told as a template.
            if (budget.isSpent()) {
                throw unreadable;
            }
        }
    }

    private List<ManifestNode> read(ManifestNode text, String documents, int line) throws InputException {
        budget.open(text);
        budget.parse(text, documents.length());
        ManifestSource source = new ManifestSource(text.source.name(), text.source.path(), line, true);
        return ManifestDocuments.read(source, documents.getBytes(UTF_8), budget);
    }
}
