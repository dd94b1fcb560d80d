package io.imagegate.rule;

import io.imagegate.predicate.ContentQuery;
import io.imagegate.predicate.ScanReport;
import io.imagegate.predicate.VexDocument;
import io.imagegate.predicate.Vulnerability;
import io.imagegate.predicate.VulnerabilitySeverity;
import io.imagegate.signer.AttestationNeed;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Signer;
import io.imagegate.text.SafeText;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Condition on the result of a scanner: which vulnerabilities an image must not have. Immutable and thread-safe; the
 * {@code with…} methods make changed copies.
 *
 * <pre>{@code
 * AttestationRule scanned = AttestationRule.of(AttestationType.parse("vuln"), ci)
 *         .with(Vulnerabilities.deny(VulnerabilitySeverity.CRITICAL, VulnerabilitySeverity.HIGH).withIgnored("CVE-2026-1234"));
 * }</pre>
 *
 * @since 0.1
 */
public final class Vulnerabilities implements AttestationCondition {

    static final ContentQuery<VexDocument> VEX = VexDocument.query();

    private static final AttestationType SCAN = AttestationType.parse("vuln");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/+-]{0,127}");
    private static final int SHOWN = 100;

    /** VEX attestations, and the names of their signers. */
    record Vex(AttestationNeed need, SignerNames names) {}

    private final Set<VulnerabilitySeverity> denied;
    private final Map<String, Instant> ignored;
    private final boolean fixable;
    private final Optional<Vex> vex;

    private Vulnerabilities(
            Set<VulnerabilitySeverity> denied, Map<String, Instant> ignored, boolean fixable, Optional<Vex> vex) {
        this.denied = denied;
        this.ignored = ignored;
        this.fixable = fixable;
        this.vex = vex;
    }

    /**
     * Denies vulnerabilities of some severities.
     *
     * @param severities the severities, at least one
     * @return the condition
     * @throws IllegalArgumentException if there is none
     */
    public static Vulnerabilities deny(VulnerabilitySeverity... severities) {
        if (severities.length == 0) {
            throw new IllegalArgumentException("expected at least one severity, got none");
        }
        return new Vulnerabilities(EnumSet.copyOf(List.of(severities)), Map.of(), false, Optional.empty());
    }

    /**
     * {@return a copy that ignores a vulnerability}
     *
     * @param id its id in the report, or another name that the report has for it
     * @throws IllegalArgumentException if this is no id, or is ignored already
     */
    public Vulnerabilities withIgnored(String id) {
        return withIgnored(id, Instant.MAX);
    }

    /**
     * {@return a copy that ignores a vulnerability for some time}
     *
     * @param id its id in the report, or another name that the report has for it
     * @param until the last instant at which it is ignored
     * @throws IllegalArgumentException if this is no id, or is ignored already
     */
    public Vulnerabilities withIgnored(String id, Instant until) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    SafeText.quote(id, SHOWN) + ", expected the id of one vulnerability, such as CVE-2026-1234");
        }
        Map<String, Instant> more = new LinkedHashMap<>(ignored);
        if (more.put(id, Objects.requireNonNull(until, "until")) != null) {
            throw new IllegalArgumentException(
                    SafeText.quote(id, SHOWN) + " is ignored already, expected each id once");
        }
        return new Vulnerabilities(denied, more, fixable, vex);
    }

    /** {@return a copy that denies only vulnerabilities for which there is a fixed version} */
    public Vulnerabilities withFixableOnly() {
        return new Vulnerabilities(denied, ignored, true, vex);
    }

    /**
     * {@return a copy that takes OpenVEX attestations: vulnerabilities that do not affect the image, or are fixed, are not
     * denied}
     *
     * @param signers who may attest that, at least one
     * @throws IllegalArgumentException if there is none, one twice, or one whose signatures are no attestations
     */
    public Vulnerabilities withVex(Signer... signers) {
        List<Signer> attesting = SignerNames.requireAttesting(List.of(signers));
        AttestationNeed need =
                new AttestationNeed(AttestationType.OPENVEX.uri(), attesting, Set.of(), Set.of(VEX), false);
        return new Vulnerabilities(denied, ignored, fixable, Optional.of(new Vex(need, SignerNames.of(attesting))));
    }

    @Override
    public void requireType(AttestationType type) {
        if (!type.equals(SCAN)) {
            throw new IllegalArgumentException("attestations " + type
                    + " have no result of a scanner, expected type: vuln beside vulnerabilities");
        }
    }

    @Override
    public Optional<ContentQuery<?>> content() {
        return Optional.of(query());
    }

    @Override
    public boolean newestCounts() {
        return true;
    }

    @Override
    public Finding check(SignedBy statement, Candidate image) {
        return new ScanCheck(this, image, statement.digest(), scan(statement)).check(statement.content(query()));
    }

    @Override
    public Optional<Finding> name(SignedBy statement) {
        return Optional.of(scan(statement));
    }

    private ContentQuery<ScanReport> query() {
        return ScanReport.query(denied, fixable);
    }

    private static Finding scan(SignedBy statement) {
        String signer = statement.signerName();
        return statement
                .made()
                .map(date -> Finding.violation(Message.SCAN, signer, SignedCheck.shown(date)))
                .orElseGet(() -> Finding.violation(Message.SCAN_UNDATED, signer));
    }

    /** {@return the VEX attestations to ask for, once a scan has vulnerabilities that are denied; empty if none count} */
    Optional<Vex> vex() {
        return vex;
    }

    /** {@return whether it is of a denied severity, and not ignored at an instant} */
    boolean denies(Vulnerability vulnerability, Instant instant) {
        return denied.contains(vulnerability.severity())
                && (ignored.isEmpty() || vulnerability.names().stream().noneMatch(name -> isIgnored(name, instant)));
    }

    private boolean isIgnored(String name, Instant instant) {
        Instant until = ignored.get(name);
        return until != null && !instant.isAfter(until);
    }

    /** {@return until when it was ignored; empty if it never was} */
    Optional<Instant> ignoredUntil(Vulnerability vulnerability) {
        return vulnerability.names().stream()
                .map(ignored::get)
                .filter(Objects::nonNull)
                .max(Instant::compareTo);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Vulnerabilities that
                && denied.equals(that.denied)
                && ignored.equals(that.ignored)
                && fixable == that.fixable
                && vex.map(Vex::need).equals(that.vex.map(Vex::need));
    }

    @Override
    public int hashCode() {
        return Objects.hash(denied, ignored, fixable);
    }

    /** {@return the severities, and what is ignored, for logs and debuggers} */
    @Override
    public String toString() {
        return "deny " + denied + (fixable ? " if fixable" : "")
                + (ignored.isEmpty() ? "" : " but " + ignored.keySet());
    }
}
