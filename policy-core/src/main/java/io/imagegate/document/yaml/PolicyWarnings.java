package io.imagegate.document.yaml;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Collects probable mistakes in policies loaded together. */
public final class PolicyWarnings {

    /** What counts until an instant, and the warning from the next day on. */
    private record Ending(YamlNode node, Instant last, String warning) {}

    private final List<Problem> found = new ArrayList<>();
    private final List<Ending> endings = new ArrayList<>();

    public void add(YamlNode node, String message) {
        found.add(node.warning(message));
    }

    /** Records until when something counts. */
    public void ends(YamlNode node, Instant last, String warning) {
        endings.add(new Ending(node, last, warning));
    }

    /** Records the last day on which something counts. */
    public void ends(YamlNode node, LocalDate last, String warning) {
        ends(node, last.atStartOfDay(ZoneOffset.UTC).toInstant(), warning);
    }

    /** {@return the warnings as of a day} */
    public List<Problem> at(LocalDate today) {
        List<Problem> all = new ArrayList<>(found);
        Instant begin = today.atStartOfDay(ZoneOffset.UTC).toInstant();
        endings.stream()
                .filter(ending -> ending.last.isBefore(begin))
                .forEach(ending -> all.add(ending.node.warning(ending.warning)));
        return all;
    }
}
