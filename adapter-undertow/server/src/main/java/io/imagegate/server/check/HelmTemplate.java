package io.imagegate.server.check;

import io.imagegate.manifest.ManifestObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A file that may be a template of a Helm chart. Passes on its objects, but for those whose images are actions of a template:
 * whatever kubectl could run from such a file is checked. Not thread-safe.
 */
final class HelmTemplate implements Consumer<ManifestObject> {

    static final String NAME = "Helm template";

    private static final String ACTION = "{{";
    private static final int LOOKED_AT = 1 << 20;

    private final Path file;
    private final boolean inChart;
    private final Consumer<ManifestObject> objects;
    private boolean found;

    HelmTemplate(Path file, Consumer<ManifestObject> objects) {
        this.file = file;
        this.inChart = isInChart(file);
        this.objects = objects;
    }

    private static boolean isInChart(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        for (; folder != null; folder = folder.getParent()) {
            if (folder.endsWith("templates") && Files.isRegularFile(folder.resolveSibling("Chart.yaml"))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void accept(ManifestObject object) {
        if (inChart && object.images().stream().anyMatch(image -> image.text().contains(ACTION))) {
            found = true;
        } else {
            objects.accept(object);
        }
    }

    /** {@return whether an object had an image that is an action} */
    boolean isFound() {
        return found;
    }

    /** {@return whether the file, which is no manifest, is in a chart and has an action} */
    boolean isTemplate() {
        return inChart && hasAction();
    }

    /** {@return whether the start of the file, which is no manifest, has an action} */
    boolean hasAction() {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1).contains(ACTION);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** {@return why a file that was named is not read} */
    static String refusal(String name) {
        return name + ": a Helm template, which is no manifest: expected what Helm makes of it, as in"
                + " helm template CHART | imagegate check --policy FILE -";
    }
}
