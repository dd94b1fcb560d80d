package io.imagegate.input.deploy;

import io.imagegate.input.FoundObjects;
import io.imagegate.input.InputException;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.manifest.InputSettings;
import io.imagegate.manifest.Inputs;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** A folder with objects of Flux, Argo CD and k3s, and what is read of it. */
abstract class DeployedFolder {

    static final String POD =
            "apiVersion: v1\nkind: Pod\nmetadata: {name: %s}\nspec: {containers: [{name: c, image: '%s'}]}\n";

    @TempDir
    Path folder;

    final FoundObjects deployed = new FoundObjects();
    final FoundObjects alone = new FoundObjects();
    final List<String> problems = new ArrayList<>();

    void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    void pod(String file, String name, String image) throws IOException {
        file(file, POD.formatted(name, image));
    }

    List<String> read(String... repositories) throws IOException {
        Inputs.read(
                folder,
                Inputs.of(InputSettings.of(Workloads.wellKnown()).withRepositories(List.of(repositories))),
                new InputListener() {
                    @Override
                    public void object(InputObject object) {
                        deployed.object(object);
                    }

                    @Override
                    public void part(String what, String file, List<InputObject> objects) {
                        objects.forEach(alone::object);
                    }

                    @Override
                    public void unreadPart(String what, String where, String why) {
                        deployed.unread.add(what + ": " + where.replace(folder + "/", ""));
                    }

                    @Override
                    public void problem(InputException problem) {
                        problems.add(problem.getMessage());
                    }
                });
        return deployed.images();
    }

    void flux(String name, String spec) throws IOException {
        file(
                name,
                "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: k, namespace: f}\nspec:\n"
                        + "  interval: 1h\n  prune: true\n  sourceRef: {kind: GitRepository, name: r}\n"
                        + spec.indent(2));
    }

    void release(String spec) throws IOException {
        file(
                "release.yaml",
                "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: r, namespace: f}\nspec:\n"
                        + spec.indent(2));
    }

    void application(String kind, String spec) throws IOException {
        file(
                "app.yaml",
                "apiVersion: argoproj.io/v1alpha1\nkind: " + kind + "\nmetadata: {name: a, namespace: argocd}\nspec:\n"
                        + spec.indent(2));
    }
}
