package io.imagegate.policy;

import io.imagegate.rule.Rule;
import io.imagegate.signer.Signer;
import io.imagegate.text.MetadataText;
import io.imagegate.text.Names;
import io.imagegate.text.SafeText;
import io.imagegate.workload.Workload;
import io.imagegate.workload.Workloads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Policy}. Methods reject invalid values immediately. Not thread-safe.
 *
 * @since 0.1
 */
public final class PolicyBuilder {

    private static final long LONGEST_EXPIRY_WARNING = 999;

    /** Never. */
    static final long NO_EXPIRY_WARNING = -1;

    private static final int MOST_WORKLOADS = 200;

    final String name;
    final Map<String, NamedRule> rules = new LinkedHashMap<>();
    final List<Exemption> exemptions = new ArrayList<>();
    final List<Signer> signers = new ArrayList<>();
    final Set<String> ignoredKinds = new LinkedHashSet<>();
    final Map<String, Workload> workloads = new LinkedHashMap<>();
    final Map<String, String> labels = new LinkedHashMap<>();
    final Map<String, String> annotations = new LinkedHashMap<>();
    Locale locale = Locale.ENGLISH;

    @Nullable
    BreakGlass breakGlass;

    @Nullable
    Mutation mutation;

    long expiryWarningDays = NO_EXPIRY_WARNING;
    UpdateScope onUpdate = UpdateScope.CHANGED_IMAGES;

    PolicyBuilder(String name) {
        this.name = Names.require("policy", name);
    }

    /**
     * Adds a rule that denies and applies to every image.
     *
     * @param ruleName name of the rule, unique in the policy
     * @param rule the condition
     * @return this
     * @throws IllegalArgumentException if the name is invalid or already used
     */
    public PolicyBuilder rule(String ruleName, Rule rule) {
        return rule(NamedRule.of(ruleName, rule));
    }

    /**
     * Adds a rule.
     *
     * @param rule the rule
     * @return this
     * @throws IllegalArgumentException if its name is already used
     */
    public PolicyBuilder rule(NamedRule rule) {
        if (rule.denyFrom().isPresent() && rule.alwaysDenies()) {
            throw new IllegalArgumentException("rule \"" + rule.name()
                    + "\": denyFrom changes nothing, because the rule denies already; expected warn or audit before");
        }
        if (rules.putIfAbsent(rule.name(), rule) != null) {
            throw new IllegalArgumentException(
                    "rule \"" + rule.name() + "\": the policy already has a rule of that name, expected another name");
        }
        return this;
    }

    /**
     * Sets a label, for reports.
     *
     * @param key the key of a Kubernetes label, such as {@code example.com/team}
     * @param value the value of a Kubernetes label
     * @return this
     * @throws IllegalArgumentException if the key or value is invalid
     */
    public PolicyBuilder label(String key, String value) {
        labels.put(MetadataText.requireKey("label", key), MetadataText.requireLabelValue(value));
        return this;
    }

    /**
     * Sets an annotation, for reports.
     *
     * @param key the key of a Kubernetes annotation, such as {@code example.com/owner}
     * @param value any text
     * @return this
     * @throws IllegalArgumentException if the key is invalid
     */
    public PolicyBuilder annotation(String key, String value) {
        annotations.put(MetadataText.requireKey("annotation", key), Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * Adds a signer, for reports. A signer decides nothing unless a rule names it.
     *
     * @param signer the signer
     * @return this
     */
    public PolicyBuilder signer(Signer signer) {
        signers.add(Objects.requireNonNull(signer, "signer"));
        return this;
    }

    /**
     * Adds an exception.
     *
     * @param exemption the exception; {@link #build} checks that its rules exist
     * @return this
     */
    public PolicyBuilder exempt(Exemption exemption) {
        exemptions.add(Objects.requireNonNull(exemption, "exemption"));
        return this;
    }

    /**
     * Sets how long before the expiry of an exception its users are warned; never unless set. A decision that the exception
     * covers then has a {@linkplain Decision#warnings() warning}, unless another one covers the violation for longer, or the rule
     * only audits.
     *
     * @param before whole days
     * @return this
     * @throws IllegalArgumentException if these are not 1 to 999 whole days
     */
    public PolicyBuilder expiryWarning(Duration before) {
        long days = before.toDays();
        if (days < 1 || days > LONGEST_EXPIRY_WARNING || !before.equals(Duration.ofDays(days))) {
            throw new IllegalArgumentException(
                    "expiryWarning: expected 1 to " + LONGEST_EXPIRY_WARNING + " whole days, such as 14d");
        }
        this.expiryWarningDays = days;
        return this;
    }

    /**
     * Sets the break-glass.
     *
     * @param way the annotation that overrides the policy
     * @return this
     */
    public PolicyBuilder breakGlass(BreakGlass way) {
        this.breakGlass = Objects.requireNonNull(way, "breakGlass");
        return this;
    }

    /**
     * Sets how images are changed before they are checked; they are not by default.
     *
     * @param change the change, which holds for the rules of all policies of a set
     * @return this
     */
    public PolicyBuilder mutation(Mutation change) {
        this.mutation = Objects.requireNonNull(change, "mutation");
        return this;
    }

    /**
     * Sets the language of built-in messages; English by default.
     *
     * @param language {@code en} or {@code zh-CN}
     * @return this
     * @throws IllegalArgumentException if there are no messages in that language
     */
    public PolicyBuilder locale(Locale language) {
        this.locale = Sentences.requireSupported(language);
        return this;
    }

    /**
     * Sets which images of an update are checked; {@link UpdateScope#CHANGED_IMAGES} by default.
     *
     * @param scope which images
     * @return this
     */
    public PolicyBuilder onUpdate(UpdateScope scope) {
        this.onUpdate = Objects.requireNonNull(scope, "onUpdate");
        return this;
    }

    /**
     * Allows objects of kinds whose images cannot be found, which are denied otherwise. Pods and built-in workloads are
     * always checked.
     *
     * @param kind glob of the kind, followed by a dot and its API group unless that is the core group, such as
     *     {@code Rollout.argoproj.io} or {@code *.monitoring.coreos.com}
     * @return this
     * @throws IllegalArgumentException if the glob is blank, or is a kind that has a workload
     */
    public PolicyBuilder ignoreKind(String kind) {
        if (kind.isBlank()) {
            throw new IllegalArgumentException("ignored kind: expected Kind.group, got a blank text");
        }
        requireOneOf(kind, workloads.containsKey(kind));
        ignoredKinds.add(kind);
        return this;
    }

    /**
     * Says where images stand in objects of a kind that is not built in. It replaces what is {@linkplain Workloads#wellKnown well
     * known} about the kind.
     *
     * @param workload the kind and its places
     * @return this
     * @throws IllegalArgumentException if it has no place, the policy ignores the kind, already has a workload of it, or has 200
     */
    public PolicyBuilder workload(Workload workload) {
        if (!workload.hasPlaces()) {
            throw new IllegalArgumentException("workload " + SafeText.quote(workload.kind(), Names.SHOWN)
                    + ": it says nowhere that images stand, expected podSpec, images or helmValues");
        }
        if (workloads.containsKey(workload.kind())) {
            throw new IllegalArgumentException("workload " + SafeText.quote(workload.kind(), Names.SHOWN)
                    + ": the policy already has one of this kind, expected one with all places");
        }
        requireOneOf(workload.kind(), ignoredKinds.contains(workload.kind()));
        if (workloads.size() == MOST_WORKLOADS) {
            throw new IllegalArgumentException("workloads: expected " + MOST_WORKLOADS + " at most");
        }
        workloads.put(workload.kind(), workload);
        return this;
    }

    private static void requireOneOf(String kind, boolean both) {
        if (both) {
            throw new IllegalArgumentException("kind " + SafeText.quote(kind, Names.SHOWN)
                    + ": ignoredKinds and workloads both have it, expected it in one of them");
        }
    }

    /**
     * Builds the policy.
     *
     * @return the policy
     * @throws IllegalArgumentException if there are no rules, or an exception names a rule that does not exist
     */
    public Policy build() {
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("policy \"" + name + "\": expected at least one rule, got none");
        }
        for (Exemption exemption : exemptions) {
            for (String rule : exemption.rules()) {
                if (!rules.containsKey(rule)) {
                    throw new IllegalArgumentException(
                            "exception: there is no rule " + SafeText.quote(rule, Names.SHOWN)
                                    + " in the policy, expected one of " + String.join(", ", rules.keySet()));
                }
            }
        }
        return new Policy(this);
    }
}
