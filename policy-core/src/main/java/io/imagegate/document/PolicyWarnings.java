package io.imagegate.document;

import io.imagegate.signer.SignerTrust;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Collects probable mistakes in policies loaded together. */
final class PolicyWarnings {

    /** A trusted root, and the day on which somebody compared it with its source. */
    private record Confirmed(YamlNode trust, LocalDate day) {}

    /** Until when a vulnerability is ignored. */
    private record Ignored(YamlNode until, Instant last) {}

    private final List<DocumentProblem> found = new ArrayList<>();
    private final List<Confirmed> confirmed = new ArrayList<>();
    private final List<Ignored> ignored = new ArrayList<>();

    void add(YamlNode node, String message) {
        found.add(node.warning(message));
    }

    /** Records when a trusted root was confirmed. */
    void confirmed(YamlNode trust, LocalDate day) {
        confirmed.add(new Confirmed(trust, day));
    }

    /** Records until when a vulnerability is ignored. */
    void ignored(YamlNode until, Instant last) {
        ignored.add(new Ignored(until, last));
    }

    /** {@return the warnings as of a day} */
    List<DocumentProblem> at(LocalDate today) {
        List<DocumentProblem> all = new ArrayList<>(found);
        for (Confirmed root : confirmed) {
            if (root.day.isBefore(today.minusDays(SignerTrust.CONFIRMED_DAYS))) {
                all.add(root.trust.warning("the trusted root was confirmed on " + root.day + ", more than "
                        + SignerTrust.CONFIRMED_DAYS + " days ago: compare it with its source and write today's date"));
            }
        }
        for (Ignored past : ignored) {
            if (past.last.isBefore(today.atStartOfDay(ZoneOffset.UTC).toInstant())) {
                all.add(past.until.warning(
                        "the vulnerability is no longer ignored: remove the entry, or write a later date"));
            }
        }
        return all;
    }
}
