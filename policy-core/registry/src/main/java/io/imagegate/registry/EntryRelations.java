package io.imagegate.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks entries against each other: each host has one entry, and what an entry refers to has one, too. */
final class EntryRelations {

    private static final String HOST = "host";

    /**
     * A mistake.
     *
     * @param entry the entry that has it
     * @param key the key of the entry
     * @param message what was expected
     */
    record Mistake(RegistryEntry entry, String key, String message) {

        /** {@return the mistake in a sentence that names the entry} */
        String sentence() {
            return key.equals(HOST) ? message : entry.host() + ": " + key + ": " + message;
        }
    }

    private final ImageRegistries registries;
    private final List<Mistake> mistakes = new ArrayList<>();

    private EntryRelations(ImageRegistries registries) {
        this.registries = registries;
    }

    /**
     * {@return all mistakes, by the order of the entries}
     *
     * @param entries as they were added
     * @param registries that consist of them
     */
    static List<Mistake> mistakes(List<RegistryEntry> entries, ImageRegistries registries) {
        EntryRelations relations = new EntryRelations(registries);
        Map<String, RegistryEntry> byHost = new HashMap<>();
        for (RegistryEntry entry : entries) {
            if (byHost.putIfAbsent(entry.host(), entry) != null) {
                relations.mistakes.add(new Mistake(entry, HOST, "duplicate entry for the host " + entry.host()));
            }
            relations.check(entry);
        }
        return relations.mistakes;
    }

    private void check(RegistryEntry entry) {
        entry.settings().mirror().ifPresent(mirror -> {
            Optional<RegistryEntry> target = registries.entry(mirror.host());
            if (target.isEmpty()) {
                mistakes.add(new Mistake(entry, "mirror", "expected an entry for the host " + mirror.host()));
            } else if (target.get().settings().mirror().isPresent()) {
                mistakes.add(new Mistake(
                        entry, "mirror", mirror.host() + " has a mirror itself, expected a registry without one"));
            }
        });
        entry.signatures()
                .filter(place -> registries.entry(place).isEmpty())
                .ifPresent(place -> mistakes.add(
                        new Mistake(entry, "signatures", "expected an entry for the host " + place.registry())));
    }
}
