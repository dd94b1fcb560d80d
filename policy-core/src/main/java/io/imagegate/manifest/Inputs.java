package io.imagegate.manifest;

import io.imagegate.policy.PolicySet;
import io.imagegate.workload.Workloads;
import java.util.List;
import java.util.function.Consumer;

/**
 * The formats that Imagegate reads. A new format is a class and a line here; then {@code check}, {@code check --write} and
 * {@code pin} read it.
 *
 * @since 0.1
 */
public final class Inputs {

    private Inputs() {}

    /**
     * {@return new inputs for one run. The first that recognises a file reads it; the last recognises every file}
     *
     * @param workloads where images stand in objects of each kind, as {@link PolicySet#workloads()} of the policies that decide on
     *     them
     * @param unread called with the place and the name of each resource of a kustomization that is not read, because it is no
     *     local file; once for each place
     */
    public static List<Input> of(Workloads workloads, Consumer<String> unread) {
        Input manifests = new Manifests(workloads);
        return List.of(
                new Kustomizations(workloads, unread),
                new Dockerfiles(),
                new ImageLists(),
                new HelmTemplates(manifests),
                manifests);
    }
}
