package io.imagegate.input.kustomize;

import java.util.List;
import java.util.Map;

/**
 * A FluxInstance, of which the <a href="https://github.com/controlplaneio-fluxcd/flux-operator/blob/main/internal/builder/templates.go">Flux
 * Operator</a> makes the controllers of Flux, a source and a Kustomization. The controllers are not known here; patches change them, and
 * the source and the Kustomization as well.
 */
final class FluxInstance {

    static final String KIND = "FluxInstance.fluxcd.controlplane.io";

    private FluxInstance() {}

    /** {@return the controllers, with the patches of the object} */
    static DeployedSource controllers(ManifestNode object) {
        ManifestNode spec = ManifestNode.in(object, "spec");
        ManifestNode changes = spec.object();
        ManifestNode patches = ManifestNode.in(spec, "kustomize").field("patches");
        if (patches != null) {
            changes.fields.put("patches", patches);
        }
        ManifestNode distribution = spec.field("distribution");
        return new DeployedSource(
                distribution == null ? spec : distribution, List.of(), null, changes, null, null, null);
    }

    /** {@return what a FluxInstance makes, but for the controllers; empty for other objects} */
    static List<KustomizedObject> made(ManifestNode object) {
        return DeployingKind.FLUX_INSTANCE.isOf(object)
                ? synced(object).stream()
                        .map(one -> new KustomizedObject(one, false))
                        .toList()
                : List.of();
    }

    /** {@return the source and the Kustomization; empty if there are none} */
    static List<ManifestNode> synced(ManifestNode object) {
        ManifestNode sync = ManifestNode.in(ManifestNode.in(object, "spec"), "sync");
        if (sync.fields.isEmpty()) {
            return List.of();
        }
        String namespace = ManifestNode.in(object, "metadata").text("namespace");
        String written = sync.text("name").isEmpty() ? namespace : sync.text("name");
        ManifestNode name = sync.withText(written.isEmpty() ? "flux-system" : written);
        ManifestNode kind = sync.withText(sync.text("kind"));
        ManifestNode reference = sync.object();
        reference.fields.putAll(Map.of("kind", kind, "name", name));
        return List.of(
                made(
                        sync,
                        namespace,
                        name,
                        "source.toolkit.fluxcd.io/v1",
                        kind,
                        "url",
                        sync.withText(sync.text("url"))),
                made(
                        sync,
                        namespace,
                        name,
                        "kustomize.toolkit.fluxcd.io/v1",
                        sync.withText("Kustomization"),
                        "sourceRef",
                        reference));
    }

    private static ManifestNode made(
            ManifestNode sync,
            String namespace,
            ManifestNode name,
            String apiVersion,
            ManifestNode kind,
            String field,
            ManifestNode value) {
        ManifestNode metadata = sync.object();
        metadata.fields.put("name", name);
        if (!namespace.isEmpty()) {
            metadata.fields.put("namespace", sync.withText(namespace));
        }
        ManifestNode spec = sync.object();
        spec.fields.put(field, value);
        ManifestNode path = sync.field("path");
        if (path != null) {
            spec.fields.put("path", path);
        }
        ManifestNode made = sync.object();
        made.fields.put("apiVersion", sync.withText(apiVersion));
        made.fields.put("kind", kind);
        made.fields.put("metadata", metadata);
        made.fields.put("spec", spec);
        return made;
    }
}
