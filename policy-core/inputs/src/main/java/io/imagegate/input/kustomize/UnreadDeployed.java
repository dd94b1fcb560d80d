package io.imagegate.input.kustomize;

import io.imagegate.input.InputListener;
import io.imagegate.input.kubernetes.TemplateActions;
import io.imagegate.input.place.UnreadName;
import io.imagegate.input.place.UnreadParts;
import io.imagegate.text.SafeText;
import java.nio.file.Path;

/** Tells what objects of Flux, Argo CD and k3s deploy and is not read. Not thread-safe. */
final class UnreadDeployed {

    /** What values that are not known are called where they are counted. */
    private static final String VALUES = "Helm values source";

    private final UnreadParts parts;
    private final RepositoryPaths paths;

    UnreadDeployed(UnreadParts parts, RepositoryPaths paths) {
        this.parts = parts;
        this.paths = paths;
    }

    /** Looks at objects before they are read: what they name and is not here is told later. */
    void ahead(Runnable look) {
        InputListener before = parts.pause();
        try {
            look.run();
        } finally {
            parts.of(before);
        }
    }

    /** Tells of a chart, whose templates and defaults are not here. */
    void chart(ManifestNode chart) {
        parts.add(
                InputListener.CHART,
                chart.source.name() + ":" + chart.line + ": " + UnreadResource.name(chart),
                UnreadParts.RENDERED);
    }

    /** Tells of a file whose objects Argo CD makes with Jsonnet. */
    void jsonnet(ManifestNode directory, Path file) {
        parts.add(
                "Jsonnet file",
                directory.source.name() + ":" + directory.line + ": "
                        + UnreadName.of(paths.shown(file).toString()),
                "expected what jsonnet prints for it");
    }

    /** Tells of a ResourceSet with templates. */
    void templates(ManifestNode object) {
        ManifestNode metadata = ManifestNode.in(object, "metadata");
        String namespace = metadata.text("namespace");
        String name = (namespace.isEmpty() ? "" : namespace + "/") + metadata.text("name");
        parts.add(
                TemplateActions.NAME,
                object.source.name() + ":" + object.line + ": ResourceSet " + SafeText.escape(name),
                "expected what flux-operator build resourceset prints for it");
    }

    /** Tells of values that an object names and that are not here. */
    void values(ManifestNode reference, String what) {
        String name = reference.isScalar()
                ? SafeText.quote(reference.text, 100)
                : SafeText.cut(SafeText.escape((reference.text("kind") + " " + reference.text("name")).strip()), 100);
        parts.add(
                VALUES,
                reference.source.name() + ":" + reference.line + ": " + name,
                "expected " + what + " in files of this run");
    }

    /** Tells of another document in a file of values. */
    void document(ManifestNode other) {
        parts.add(
                VALUES,
                other.source.name() + ":" + other.line + ": another document",
                "expected one document: versions of Helm take the first alone or join all");
    }
}
