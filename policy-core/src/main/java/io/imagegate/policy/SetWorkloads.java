package io.imagegate.policy;

import io.imagegate.reference.GlobSet;
import io.imagegate.text.Names;
import io.imagegate.text.SafeText;
import io.imagegate.workload.Workload;
import io.imagegate.workload.Workloads;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Workloads of a set of policies, which are made when they are asked for. Thread-safe. */
final class SetWorkloads {

    private final List<Policy> policies;
    private final @Nullable GlobSet ignoredKinds;
    private volatile @Nullable Workloads made;

    SetWorkloads(List<Policy> policies, @Nullable GlobSet ignoredKinds) {
        this.policies = policies;
        this.ignoredKinds = ignoredKinds;
    }

    /**
     * Requires that policies agree on each kind.
     *
     * @throws IllegalArgumentException if two policies name different ones of one kind
     */
    static void requireOneOfEachKind(List<Policy> policies) {
        Map<String, Workload> byKind = new HashMap<>();
        for (Policy policy : policies) {
            for (Workload workload : policy.workloads()) {
                Workload other = byKind.putIfAbsent(workload.kind(), workload);
                if (other != null && !other.equals(workload)) {
                    throw new IllegalArgumentException("policy set: the policies have different workloads of the kind "
                            + SafeText.quote(workload.kind(), Names.SHOWN) + ": " + other + " and " + workload
                            + ", expected one");
                }
            }
        }
    }

    /** Requires that it is known where the images of a mutation's kinds stand. */
    void requireKinds(Mutation mutation) {
        for (String kind : mutation.kinds()) {
            boolean patchable = workloads()
                    .find(kind)
                    .filter(workload -> workload.helmValues().isEmpty())
                    .isPresent();
            if (!patchable) {
                throw new IllegalArgumentException("mutated kind " + SafeText.quote(kind, Names.SHOWN)
                        + ": it is not known where its images stand, expected it in workloads without helmValues");
            }
        }
    }

    Workloads workloads() {
        Workloads workloads = made;
        if (workloads == null) {
            List<Workload> named = policies.stream()
                    .flatMap(policy -> policy.workloads().stream())
                    .toList();
            boolean usual =
                    named.isEmpty() && ignoredKinds == null && policies.stream().noneMatch(Policy::ignoresKinds);
            workloads = usual ? Workloads.wellKnown() : Workloads.with(named, this::ignores);
            made = workloads;
        }
        return workloads;
    }

    /** {@return whether the set, or every policy in it, ignores a kind} */
    boolean ignores(String kind) {
        return (ignoredKinds != null && ignoredKinds.matches(kind))
                || policies.stream().allMatch(policy -> policy.ignoresKind(kind));
    }
}
