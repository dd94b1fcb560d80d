package io.imagegate.rule;

import io.imagegate.fact.Fact;
import io.imagegate.predicate.ScanReport;
import io.imagegate.predicate.VexDocument;
import io.imagegate.predicate.Vulnerability;
import io.imagegate.reference.Digest;
import io.imagegate.rule.Vulnerabilities.Vex;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Unaccepted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One check of a scan result: which of its vulnerabilities are denied, and whether VEX statements excuse them. */
final class ScanCheck {

    private final Vulnerabilities condition;
    private final Candidate image;
    private final Digest digest;
    private final Instant instant;
    private final Finding scan;

    /** @param scan who made the scan, and when */
    ScanCheck(Vulnerabilities condition, Candidate image, Digest digest, Finding scan) {
        this.condition = condition;
        this.image = image;
        this.digest = digest;
        this.instant = image.facts().instant();
        this.scan = scan;
    }

    Finding check(Fact<ScanReport> report) {
        return report.value()
                .map(this::check)
                .orElseGet(() -> Finding.undecidable(Message.UNREADABLE, scan, report.reason()));
    }

    private Finding check(ScanReport report) {
        List<Vulnerability> denied = report.vulnerabilities().stream()
                .filter(found -> condition.denies(found, instant))
                .toList();
        if (denied.isEmpty()) {
            return Finding.satisfied();
        }
        return condition.vex().map(vex -> excused(denied, vex)).orElseGet(() -> violation(denied));
    }

    private Finding excused(List<Vulnerability> denied, Vex vex) {
        return KeptAnswer.check(image, vex.need(), found -> excused(denied, vex, found));
    }

    private Finding excused(List<Vulnerability> denied, Vex vex, Fact<SignatureFacts> found) {
        return switch (found.state()) {
            case PENDING -> Finding.pending();
            case ABSENT -> violation(denied);
            case KNOWN -> excused(denied, vex, found.value().orElseThrow());
            case UNDECIDABLE -> unknown(Outcome.UNDECIDABLE, denied, vex, found.reason());
            case UNAVAILABLE -> unknown(Outcome.UNAVAILABLE, denied, vex, found.reason());
        };
    }

    private Finding excused(List<Vulnerability> denied, Vex vex, SignatureFacts facts) {
        List<VexDocument> documents = new ArrayList<>();
        for (SignedBy signed : new SignedCheck(Message.ATTESTATION, vex.names(), digest, instant, facts).current()) {
            Fact<VexDocument> document = signed.content(Vulnerabilities.VEX);
            if (document.value().isEmpty()) {
                // It may say something newer of each of them.
                return unknown(Outcome.UNDECIDABLE, denied, vex, document.reason());
            }
            documents.add(document.value().get());
        }
        Fact<Object> unread = facts.unread();
        if (unread.state() != Fact.State.ABSENT) {
            Outcome outcome = unread.state() == Fact.State.UNAVAILABLE ? Outcome.UNAVAILABLE : Outcome.UNDECIDABLE;
            return unknown(outcome, denied, vex, unread.reason());
        }
        Instant latest = instant.plus(Age.CLOCK_SKEW);
        List<Vulnerability> left = denied.stream()
                .filter(vulnerability -> !VexDocument.excuse(documents, vulnerability, latest))
                .toList();
        if (left.isEmpty()) {
            return Finding.satisfied();
        }
        Optional<Unaccepted> open =
                facts.others().stream().filter(Unaccepted::undecidable).findFirst();
        return open.map(one -> unknown(Outcome.UNDECIDABLE, left, vex, one.toString()))
                .orElseGet(() -> violation(left));
    }

    private Finding violation(List<Vulnerability> denied) {
        return Finding.violation(Message.SCAN_FOUND, scan, new FoundVulnerabilities(denied, condition).summary());
    }

    private Finding unknown(Outcome outcome, List<Vulnerability> denied, Vex vex, String reason) {
        Finding summary = new FoundVulnerabilities(denied, condition).summary();
        return Finding.of(outcome, Message.SCAN_OPEN, scan, summary, vex.names().wanted(), reason);
    }
}
