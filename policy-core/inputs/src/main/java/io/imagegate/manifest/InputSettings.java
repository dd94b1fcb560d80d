package io.imagegate.manifest;

import io.imagegate.input.InputFactory;
import io.imagegate.policy.PolicySet;
import io.imagegate.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How files are read. Immutable; the {@code with…} methods return changed copies.
 *
 * @since 0.1
 */
public final class InputSettings {

    private final Workloads workloads;
    private final List<String> repositories;
    private final boolean asWebhook;
    private final List<InputFactory> factories;

    private InputSettings(
            Workloads workloads, List<String> repositories, boolean asWebhook, List<InputFactory> factories) {
        this.workloads = workloads;
        this.repositories = List.copyOf(repositories);
        this.asWebhook = asWebhook;
        this.factories = List.copyOf(factories);
    }

    /**
     * {@return settings for files of a repository whose URLs are not known, and that nobody has sent to a webhook yet}
     *
     * @param workloads where images stand in objects of each kind, as {@link PolicySet#workloads()} of the policies that decide on
     *     them
     */
    public static InputSettings of(Workloads workloads) {
        return new InputSettings(Objects.requireNonNull(workloads, "workloads"), List.of(), false, List.of());
    }

    /**
     * {@return a copy with other URLs of the repository that the files are of: what Flux and Argo CD deploy from other repositories is not
     * looked for in its folders}
     *
     * @param urls URLs such as {@code https://github.com/acme/deploy} or {@code git@github.com:acme/deploy.git}; none if they are not
     *     known
     */
    public InputSettings withRepositories(List<String> urls) {
        return new InputSettings(workloads, urls, asWebhook, factories);
    }

    /**
     * {@return a copy that judges Kubernetes objects as a webhook judges them to which they are sent, or does not} A webhook denies each
     * kind that it does not know, whatever its fields, reads values of charts in full, and takes no container without an image.
     *
     * @param isAsWebhook whether it does
     */
    public InputSettings withAsWebhook(boolean isAsWebhook) {
        return new InputSettings(workloads, repositories, isAsWebhook, factories);
    }

    /**
     * {@return a copy with more formats of the program, such as {@code LockFile::new}} They are tried before those that {@link
     * java.util.ServiceLoader} finds, and those before the formats of Imagegate.
     *
     * @param more factories of the formats, the first first
     */
    public InputSettings withMoreFactories(InputFactory... more) {
        List<InputFactory> all = new ArrayList<>(factories);
        all.addAll(List.of(more));
        return new InputSettings(workloads, repositories, asWebhook, all);
    }

    /** {@return where images stand in objects of each kind} */
    public Workloads workloads() {
        return workloads;
    }

    /** {@return the URLs of the repository; empty if they are not known} */
    public List<String> repositories() {
        return repositories;
    }

    /** {@return whether Kubernetes objects are judged as a webhook judges them} */
    public boolean asWebhook() {
        return asWebhook;
    }

    /** {@return the factories of formats of the program} */
    public List<InputFactory> factories() {
        return factories;
    }

    /** {@return the settings, without the workloads, which are many} */
    @Override
    public String toString() {
        return "InputSettings[repositories=" + repositories + ", asWebhook=" + asWebhook + ", factories=" + factories
                + "]";
    }
}
