package io.imagegate.policy;

import io.imagegate.reference.GlobSet;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What violations of a rule do, by namespace and day. Immutable.
 *
 * @param otherwise the effect where no namespace below matches
 * @param byNamespace the effects in some namespaces
 * @param denyFrom the first day, in UTC, from which on violations deny in all namespaces; null for none
 * @param whileUnavailable the strictest effect while a registry is down; null for no limit
 */
record RuleEnforcement(
        Enforcement otherwise,
        Map<Enforcement, GlobSet> byNamespace,
        @Nullable LocalDate denyFrom,
        @Nullable Enforcement whileUnavailable) {

    static final RuleEnforcement DENYING = new RuleEnforcement(Enforcement.DENY, Map.of(), null, null);

    private static final Set<Enforcement> DENY_ALONE = Set.of(Enforcement.DENY);

    RuleEnforcement {
        Objects.requireNonNull(otherwise, "enforcement");
    }

    /** {@return the same effect in all namespaces} */
    RuleEnforcement everywhere(Enforcement effect) {
        return new RuleEnforcement(effect, Map.of(), denyFrom, whileUnavailable);
    }

    RuleEnforcement in(GlobSet namespaces, Enforcement effect) {
        Map<Enforcement, GlobSet> more = new EnumMap<>(Enforcement.class);
        more.putAll(byNamespace);
        more.put(effect, Objects.requireNonNull(namespaces, "namespaces"));
        return new RuleEnforcement(otherwise, Collections.unmodifiableMap(more), denyFrom, whileUnavailable);
    }

    RuleEnforcement denyingFrom(LocalDate day) {
        return new RuleEnforcement(otherwise, byNamespace, Objects.requireNonNull(day, "denyFrom"), whileUnavailable);
    }

    RuleEnforcement atMostWhileUnavailable(Enforcement effect) {
        return new RuleEnforcement(otherwise, byNamespace, denyFrom, Objects.requireNonNull(effect, "onUnavailable"));
    }

    /** {@return whether violations deny in every namespace, whatever the day} */
    boolean alwaysDenies() {
        return otherwise == Enforcement.DENY && DENY_ALONE.containsAll(byNamespace.keySet());
    }

    /**
     * {@return the effect of a violation}
     *
     * @param namespace the namespace; empty if it is unknown
     */
    Enforcement at(String namespace, LocalDate day) {
        if (deniesAllAt(day)) {
            return Enforcement.DENY;
        }
        // The strictest is the first key, and the first that matches holds.
        for (Map.Entry<Enforcement, GlobSet> entry : byNamespace.entrySet()) {
            if (namespace.isEmpty()) {
                return otherwise.compareTo(entry.getKey()) < 0 ? otherwise : entry.getKey();
            }
            if (entry.getValue().matches(namespace)) {
                return entry.getKey();
            }
        }
        return otherwise;
    }

    /** {@return the effect in namespaces that are not named} */
    Enforcement otherwiseAt(LocalDate day) {
        return deniesAllAt(day) ? Enforcement.DENY : otherwise;
    }

    private boolean deniesAllAt(LocalDate day) {
        return denyFrom != null && !day.isBefore(denyFrom);
    }

    /** {@return the effect while a registry that the rule needs is down} */
    Enforcement whileUnavailable(String namespace, LocalDate day) {
        Enforcement effect = at(namespace, day);
        return whileUnavailable == null ? effect : effect.laxer(whileUnavailable);
    }

    /** {@return whether a violation never denies that is one only because a registry is down} */
    boolean excusesUnavailable() {
        return whileUnavailable != null && whileUnavailable != Enforcement.DENY;
    }

    /**
     * {@return the day from which on a violation will deny that does not yet; null if there is none}
     *
     * @param unavailable whether it is one only because a registry is down
     */
    @Nullable
    LocalDate denyingLater(String namespace, LocalDate day, boolean unavailable) {
        boolean later = denyFrom != null
                && day.isBefore(denyFrom)
                && effect(namespace, day, unavailable) != Enforcement.DENY
                && effect(namespace, denyFrom, unavailable) == Enforcement.DENY;
        return later ? denyFrom : null;
    }

    Enforcement effect(String namespace, LocalDate day, boolean unavailable) {
        return unavailable ? whileUnavailable(namespace, day) : at(namespace, day);
    }
}
