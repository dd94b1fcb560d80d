package io.imagegate.policy;

import io.imagegate.fact.FactSource;
import io.imagegate.fact.Need;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The owner of each kind of need. A source has one log, whatever it owns. Immutable. */
final class FactOwners {

    private final Map<NeedKind, AskedSource> owners = new HashMap<>();
    private final @Nullable AskedSource registries;
    private final @Nullable AskedSource others;

    FactOwners(Map<NeedKind, FactSource> owners, @Nullable FactSource registries, @Nullable FactSource others) {
        IdentityHashMap<FactSource, AskedSource> asked = new IdentityHashMap<>();
        owners.forEach((kind, source) -> this.owners.put(kind, asked.computeIfAbsent(source, AskedSource::new)));
        this.registries = registries == null ? null : asked.computeIfAbsent(registries, AskedSource::new);
        this.others = others == null ? null : asked.computeIfAbsent(others, AskedSource::new);
    }

    private FactOwners(FactOwners all, String user) {
        IdentityHashMap<AskedSource, AskedSource> shared = new IdentityHashMap<>();
        all.owners.forEach(
                (kind, source) -> owners.put(kind, shared.computeIfAbsent(source, one -> one.sharedBy(user))));
        registries = all.registries == null ? null : shared.computeIfAbsent(all.registries, one -> one.sharedBy(user));
        others = all.others == null ? null : shared.computeIfAbsent(all.others, one -> one.sharedBy(user));
    }

    FactOwners sharedBy(String user) {
        return new FactOwners(this, user);
    }

    Optional<AskedSource> of(Need<?> need) {
        return of(NeedKind.of(need));
    }

    private Optional<AskedSource> of(NeedKind kind) {
        AskedSource owner = owners.get(kind);
        return Optional.ofNullable(owner != null ? owner : kind.made() == null ? registries : others);
    }

    /** {@return the source that fixes the digests of images} */
    AskedSource digests() {
        return of(NeedKind.DIGEST).orElseThrow();
    }
}
