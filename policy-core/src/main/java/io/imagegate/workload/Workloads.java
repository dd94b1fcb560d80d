package io.imagegate.workload;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Workloads by their kinds: the built-in ones, those that policies name, and well-known custom resources. A workload that a
 * policy names replaces a well-known one of the same kind. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class Workloads {

    /** The workloads of Kubernetes itself, by kind. */
    private static final Map<String, Workload> BUILT_IN = builtIn();

    private final Map<String, Workload> byKind;
    private final Set<String> named;
    private volatile @Nullable Object compiled;

    private Workloads(Map<String, Workload> byKind, Set<String> named) {
        this.byKind = byKind;
        this.named = named;
    }

    private static Map<String, Workload> builtIn() {
        Map<String, Workload> all = new LinkedHashMap<>();
        add(all, "spec", "Pod");
        add(all, "template.spec", "PodTemplate");
        add(all, "spec.template.spec", "ReplicationController");
        for (String kind : List.of("Deployment", "ReplicaSet", "DaemonSet", "StatefulSet")) {
            // Kubernetes up to 1.15 had these kinds in the group extensions, too.
            add(all, "spec.template.spec", kind + ".apps", kind + ".extensions");
        }
        add(all, "spec.template.spec", "Job.batch");
        add(all, "spec.jobTemplate.spec.template.spec", "CronJob.batch");
        return Collections.unmodifiableMap(all);
    }

    private static void add(Map<String, Workload> all, String podSpec, String... kinds) {
        for (String kind : kinds) {
            all.put(kind, Workload.builtIn(kind, podSpec));
        }
    }

    private static final class WellKnown {
        static final Workloads ALL = Workloads.with(List.of(), kind -> false);
    }

    /** {@return the built-in workloads and the well-known custom resources} */
    public static Workloads wellKnown() {
        return WellKnown.ALL;
    }

    /**
     * Makes workloads of policies.
     *
     * @param named workloads that policies name, one of each kind
     * @param ignored tells which well-known kinds are left out; called with kind and API group
     * @return the workloads, with the built-in and the other well-known ones
     */
    public static Workloads with(Collection<Workload> named, Predicate<String> ignored) {
        Map<String, Workload> byKind = new LinkedHashMap<>(BUILT_IN);
        for (Workload workload : WellKnownWorkloads.ALL) {
            if (!ignored.test(workload.kind())) {
                byKind.put(workload.kind(), workload);
            }
        }
        named.forEach(workload -> byKind.put(workload.kind(), workload));
        return new Workloads(byKind, named.stream().map(Workload::kind).collect(Collectors.toSet()));
    }

    /**
     * {@return whether a kind is a built-in workload}
     *
     * @param kind kind and API group, such as {@code Deployment.apps}
     */
    public static boolean isBuiltIn(String kind) {
        return BUILT_IN.containsKey(kind);
    }

    /** {@return the kinds of the built-in workloads with their API groups} */
    public static Collection<String> builtInKinds() {
        return BUILT_IN.keySet();
    }

    /**
     * {@return the workload of a kind; empty if it is not known where its images stand}
     *
     * @param kind kind and API group, such as {@code Rollout.argoproj.io}
     */
    public Optional<Workload> find(String kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    /**
     * {@return whether the workload of a kind is known from the list of well-known custom resources}
     *
     * @param kind kind and API group, such as {@code Rollout.argoproj.io}
     */
    public boolean isWellKnown(String kind) {
        return byKind.containsKey(kind) && !named.contains(kind) && !isBuiltIn(kind);
    }

    /** {@return all workloads} */
    public Collection<Workload> all() {
        return Collections.unmodifiableCollection(byKind.values());
    }

    /**
     * {@return what a reader of objects makes of these workloads; it is made once, or a few times at once}
     *
     * @param <T> what is made, always of the same type
     * @param type the type
     * @param compiler makes it
     */
    public <T> T compiled(Class<T> type, Function<? super Workloads, ? extends T> compiler) {
        Object before = compiled;
        if (before != null) {
            return type.cast(before);
        }
        T made = Objects.requireNonNull(compiler.apply(this));
        compiled = made;
        return made;
    }

    /** {@return the workloads, for logs and debuggers} */
    @Override
    public String toString() {
        return byKind.values().toString();
    }
}
