package io.imagegate.input.helm;

import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.input.kubernetes.Manifests;
import io.imagegate.input.kubernetes.TemplateActions;
import io.imagegate.input.place.UnreadParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/**
 * Templates of Helm charts, which are recognised and not read. Objects in them whose images are no actions of a template
 * are: whatever kubectl could run from such a file is checked.
 */
public final class HelmTemplates implements Input {

    private static final String NAME = "Helm template";
    private static final String WHY = "a Helm template, which is no manifest: " + UnreadParts.RENDERED;

    private static final String ACTION = "{{";

    private final Manifests manifests;

    /** Reads objects in templates as manifests, whose input owns them. */
    public HelmTemplates(Manifests manifests) {
        this.manifests = manifests;
    }

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public Set<Path> sources(Path file) {
        return Set.of(file);
    }

    @Override
    public boolean isNamed(Path file) {
        return false;
    }

    /** A file that a user named may be a template outside of a chart. */
    @Override
    public boolean recognises(InputFile file) {
        return file.path() != null && (isInChart(file.path()) || (file.isNamed() && TemplateActions.areIn(file)));
    }

    /** {@return whether a file is below the templates of a chart} */
    public static boolean isInChart(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        for (; folder != null; folder = folder.getParent()) {
            if (folder.endsWith("templates") && Files.isRegularFile(folder.resolveSibling("Chart.yaml"))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void read(InputFile file, InputListener found) throws IOException, InputException {
        Path path = Objects.requireNonNull(file.path(), "recognised by its path");
        WithoutActions objects = new WithoutActions(found, isInChart(path));
        try {
            manifests.readWhole(file, objects);
        } catch (InputException malformed) {
            if (!objects.hadAction && !TemplateActions.areIn(file)) {
                throw malformed;
            }
            objects.hadAction = true;
        }
        if (objects.hadAction) {
            found.unread(
                    objects.inChart ? NAME : TemplateActions.NAME,
                    new InputException(file.name(), objects.inChart ? WHY : TemplateActions.WHY));
        }
    }

    /** Passes on what it is called with, but for objects of a chart whose images are actions. */
    private static final class WithoutActions implements InputListener {

        private final InputListener next;
        private final boolean inChart;
        private boolean hadAction;

        WithoutActions(InputListener next, boolean inChart) {
            this.next = next;
            this.inChart = inChart;
        }

        @Override
        public void object(InputObject object) {
            if (inChart
                    && object.images().stream().anyMatch(image -> image.text().contains(ACTION))) {
                hadAction = true;
            } else {
                next.object(object);
            }
        }

        @Override
        public void unread(String what, InputException why) {
            next.unread(what, why);
        }

        @Override
        public void skipped(String why) {
            next.skipped(why);
        }

        @Override
        public void problem(InputException problem) {
            next.problem(problem);
        }
    }
}
