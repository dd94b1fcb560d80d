package io.imagegate.input.deploy;

import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.input.helm.HelmTemplates;
import io.imagegate.input.kubernetes.Manifests;
import io.imagegate.input.kustomize.Kustomizations;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Files with objects of Flux, Argo CD and k3s: what they deploy is judged with them. Other objects in these files are manifests, and so
 * are all where images are replaced; then what they give to charts is told where it is not replaced.
 */
public final class DeploymentFiles implements Input {

    private final Kustomizations kustomizations;
    private final Manifests manifests;

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
            manifests.readWhole(file, found);
            kustomizations.readUnwritten(path, found);
        } else {
            manifests.readWhole(file, new Others(found));
            kustomizations.readDeployed(path, found);
        }
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
