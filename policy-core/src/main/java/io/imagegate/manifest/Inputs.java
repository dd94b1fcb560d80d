package io.imagegate.manifest;

import io.imagegate.policy.PolicySet;
import io.imagegate.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/**
 * The formats that Imagegate reads, and the only place that says which of them reads a file. A new format of Imagegate is a class
 * and a line here; one of a program is an {@link InputFactory}. Then {@code check}, {@code check --write} and {@code pin} read it.
 *
 * @since 0.1
 */
public final class Inputs {

    private Inputs() {}

    /**
     * {@return new inputs for one run, those of factories first. The first that recognises a file reads it; the last recognises
     * every file}
     *
     * @param workloads where images stand in objects of each kind, as {@link PolicySet#workloads()} of the policies that decide on
     *     them
     * @param unread called with the place and the name of what a kustomization or a configuration of GitLab CI includes and is
     *     not read, because it is no local file
     * @throws java.util.ServiceConfigurationError if an {@link InputFactory} cannot be loaded
     */
    public static List<Input> of(Workloads workloads, Consumer<String> unread) {
        List<Input> inputs = new ArrayList<>();
        ServiceLoader.load(InputFactory.class).forEach(factory -> inputs.add(factory.create()));
        Manifests manifests = new Manifests(workloads);
        inputs.add(new Kustomizations(workloads, unread));
        inputs.add(new ChartValuesFiles());
        inputs.add(new Dockerfiles());
        inputs.add(new GithubFiles());
        inputs.add(new GitlabFiles(unread));
        inputs.add(new DevContainers());
        inputs.add(new Composes());
        inputs.add(new TerraformPlans(workloads));
        inputs.add(new ImageLists());
        inputs.add(new HelmTemplates(manifests));
        inputs.add(manifests);
        return List.copyOf(inputs);
    }
}
