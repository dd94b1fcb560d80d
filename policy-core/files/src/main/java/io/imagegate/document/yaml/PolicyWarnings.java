package io.imagegate.document.yaml;

import io.imagegate.text.Suggestion;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects probable mistakes in policies loaded together. */
public final class PolicyWarnings {

    /** What counts until an instant, and the warning from the next day on. */
    private record Ending(YamlNode node, Instant last, String warning) {}

    /** A kind that a policy compares. */
    private record Kind(YamlNode node, String name) {}

    /** A list can have very many entries, each of which is one. */
    private static final int MOST_MISTAKES = 1_000;

    private final List<Problem> found = new ArrayList<>();
    private final List<Problem> mistakes = new ArrayList<>();
    private final List<Kind> kinds = new ArrayList<>();
    private final List<Ending> endings = new ArrayList<>();

    public void add(YamlNode node, String message) {
        found.add(node.warning(message));
    }

    /** Adds what is valid, and by its text alone not what was meant; strict loading refuses it. */
    public void mistake(YamlNode node, String message) {
        mistake(node, message, "");
    }

    /** Adds what is valid, and by its text alone not what was meant, which is another text in its place. */
    public void mistake(YamlNode node, String message, String meant) {
        add(node.warning(message, meant));
    }

    /** Adds a line of a file that is valid, and by its text alone not what was meant. */
    public void mistake(Position at, String message, String meant) {
        add(new Problem(at, message, meant));
    }

    private void add(Problem mistake) {
        if (mistakes.size() < MOST_MISTAKES) {
            found.add(mistake);
            mistakes.add(mistake);
        }
    }

    /** {@return what strict loading refuses; it depends on no day} */
    public List<Problem> mistakes() {
        return mistakes;
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

    /** Records a kind of objects in which images must be found. */
    public void kind(YamlNode node, String name) {
        kinds.add(new Kind(node, name));
    }

    /**
     * {@return a warning for each of the recorded kinds of custom resources in which no images are found}
     *
     * @param known the kinds in which images are found
     */
    public List<Problem> unknownKinds(Collection<String> known) {
        return kinds.stream()
                .filter(kind -> kind.name.contains(".") && kind.name.indexOf('*') < 0 && kind.name.indexOf('?') < 0)
                .filter(kind -> !known.contains(kind.name))
                .map(kind -> unknown(kind, Suggestion.nearest(kind.name, known, 2)))
                .toList();
    }

    private static Problem unknown(Kind kind, String meant) {
        String suggestion = meant.isEmpty() ? "" : " (did you mean " + YamlNode.quote(meant) + "?)";
        return kind.node.warning(
                "no images are found in objects of the kind " + YamlNode.quote(kind.name)
                        + ", so this never matches: say in workloads where they stand" + suggestion,
                meant);
    }
}
