package io.imagegate.input.deploy;

import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.input.helm.HelmTemplates;
import io.imagegate.input.kubernetes.Manifests;
import io.imagegate.input.kustomize.Kustomizations;
import io.imagegate.input.text.TextInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Files with objects of Flux, Argo CD and k3s: what they deploy is judged with them. Other objects in these files are manifests, and so
 * are all where images are replaced, with what they give to charts and kustomizations.
 */
public final class DeploymentFiles extends TextInput {

    private final Kustomizations kustomizations;
    private final Manifests manifests;
    /** Files whose images are replaced, by their names. */
    private final Map<String, Path> replaceable = new HashMap<>();

    public DeploymentFiles(Kustomizations kustomizations, Manifests manifests) {
        this.kustomizations = kustomizations;
        this.manifests = manifests;
    }

    @Override
    public String name() {
        return "gitops";
    }

    @Override
    public boolean isOfStreams() {
        return false;
    }

    @Override
    public boolean isNamed(Path file) {
        return false;
    }

    @Override
    public boolean recognises(InputFile file) {
        Path path = file.path();
        boolean deploys = path != null && kustomizations.deploys(path) && !HelmTemplates.isInChart(path);
        return deploys || (path != null && !file.isReplaceable() && kustomizations.isUnapplied(path));
    }

    @Override
    public void read(InputFile file, InputListener found) throws IOException, InputException {
        Path path = file.path();
        if (path == null) {
            // A stream has no folders beside it.
            manifests.readWhole(file, found);
        } else if (kustomizations.isUnapplied(path)) {
            kustomizations.readUnapplied(path, found);
        } else if (file.isReplaceable()) {
            replaceable.put(file.name(), path);
            List<InputException> kindless = new ArrayList<>();
            read(file, found::object, file.isNamed() ? null : kindless::add);
            if (!kindless.isEmpty()) {
                throw kindless.get(0);
            }
        } else {
            manifests.readWhole(file, new Others(found));
            kustomizations.readDeployed(path, found);
        }
    }

    @Override
    protected void objects(
            String file,
            InputStream content,
            Consumer<InputObject> objects,
            @Nullable Consumer<? super InputException> kindless)
            throws IOException, InputException {
        byte[] text = content.readAllBytes();
        Consumer<InputObject> others = object -> {
            if (!Kustomizations.isGiving(object.kind())) {
                objects.accept(object);
            }
        };
        manifests.objects(file, new ByteArrayInputStream(text), others, kindless);
        kustomizations
                .given(Objects.requireNonNull(replaceable.get(file), "the file that is read"), text)
                .forEach(objects);
    }

    /** Passes on what is read, but for objects that deploy something. */
    private record Others(InputListener next) implements InputListener {

        @Override
        public void object(InputObject object) {
            if (!Kustomizations.isDeploying(object.kind())) {
                next.object(object);
            }
        }

        @Override
        public void unread(String what, InputException why) {
            next.unread(what, why);
        }

        @Override
        public void unreadPart(String what, String where, String why) {
            next.unreadPart(what, where, why);
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
