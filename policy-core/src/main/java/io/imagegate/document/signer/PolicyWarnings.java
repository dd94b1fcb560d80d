package io.imagegate.document.signer;

import io.imagegate.document.yaml.Problem;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.signer.SignerTrust;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Collects probable mistakes in policies loaded together. */
public final class PolicyWarnings {

    /** A trusted root, and the day on which somebody compared it with its source. */
    private record Confirmed(YamlNode trust, LocalDate day) {}

    /** What counts until an instant, and the warning from the next day on. */
    private record Ending(YamlNode node, Instant last, String warning) {}

    private final List<Problem> found = new ArrayList<>();
    private final List<Confirmed> confirmed = new ArrayList<>();
    private final List<Ending> endings = new ArrayList<>();

    void add(YamlNode node, String message) {
        found.add(node.warning(message));
    }

    /** Records when a trusted root was confirmed. */
    void confirmed(YamlNode trust, LocalDate day) {
        confirmed.add(new Confirmed(trust, day));
    }

    /** Records until when something counts. */
    public void ends(YamlNode node, Instant last, String warning) {
        endings.add(new Ending(node, last, warning));
    }

    /** {@return the warnings as of a day} */
    public List<Problem> at(LocalDate today) {
        List<Problem> all = new ArrayList<>(found);
        for (Confirmed root : confirmed) {
            if (root.day.isBefore(today.minusDays(SignerTrust.CONFIRMED_DAYS))) {
                all.add(root.trust.warning("the trusted root was confirmed on " + root.day + ", more than "
                        + SignerTrust.CONFIRMED_DAYS + " days ago: compare it with its source and write today's date"));
            }
        }
        Instant begin = today.atStartOfDay(ZoneOffset.UTC).toInstant();
        endings.stream()
                .filter(ending -> ending.last.isBefore(begin))
                .forEach(ending -> all.add(ending.node.warning(ending.warning)));
        return all;
    }
}
