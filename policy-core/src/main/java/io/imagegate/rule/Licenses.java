package io.imagegate.rule;

import io.imagegate.predicate.ContentQuery;
import io.imagegate.predicate.License;
import io.imagegate.predicate.SbomLicenses;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.SignedBy;
import io.imagegate.text.Copies;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Condition on a bill of materials: the licenses that packages of an image must not have, or those that they may have. Immutable
 * and thread-safe; the {@code with…} methods make changed copies.
 *
 * <p>A package with a choice of licenses violates this only if all of them do. A license that is not known leaves it undecidable.
 *
 * <pre>{@code
 * AttestationRule licensed = AttestationRule.of(AttestationType.parse("spdx"), ci)
 *         .with(Licenses.deny("AGPL-3.0-only"));
 * }</pre>
 *
 * @since 0.1
 */
public final class Licenses implements AttestationCondition {

    private static final ContentQuery<SbomLicenses> QUERY = SbomLicenses.query();

    private final Set<License> denied;
    private final Set<License> allowed;

    private Licenses(Set<License> denied, Set<License> allowed) {
        this.denied = denied;
        this.allowed = allowed;
    }

    /**
     * Denies some licenses.
     *
     * @param licenses at least one, as {@link License#versions} reads them
     * @return the condition
     * @throws IllegalArgumentException if there is none, or one is no license
     */
    public static Licenses deny(String... licenses) {
        return new Licenses(read(licenses), Set.of());
    }

    /**
     * Allows some licenses and no other.
     *
     * @param licenses at least one, as {@link License#versions} reads them
     * @return the condition
     * @throws IllegalArgumentException if there is none, or one is no license
     */
    public static Licenses allow(String... licenses) {
        return new Licenses(Set.of(), read(licenses));
    }

    /**
     * {@return a copy that also denies all licenses but some}
     *
     * @param licenses at least one, as {@link License#versions} reads them
     * @throws IllegalArgumentException if there is none, or one is no license
     */
    public Licenses withAllowed(String... licenses) {
        return new Licenses(denied, read(licenses));
    }

    private static Set<License> read(String... licenses) {
        if (licenses.length == 0) {
            throw new IllegalArgumentException("expected at least one license, got none");
        }
        Set<License> read = new LinkedHashSet<>();
        for (String license : licenses) {
            read.addAll(License.versions(license));
        }
        return Copies.of(read);
    }

    @Override
    public void requireType(AttestationType type) {
        if (!type.isSbom()) {
            throw new IllegalArgumentException(
                    "attestations " + type + " have no licenses, expected type: spdx or cyclonedx beside license");
        }
    }

    @Override
    public Optional<ContentQuery<?>> content() {
        return Optional.of(QUERY);
    }

    @Override
    public boolean newestCounts() {
        return true;
    }

    @Override
    public Finding check(SignedBy statement, Candidate image) {
        return statement.made().isEmpty()
                ? Finding.undecidable(Message.SBOM_UNDATED, sbom(statement))
                : Finding.of(
                        statement.content(QUERY),
                        sbom -> new FoundLicenses(this, sbom.licenses()).finding(sbom(statement)));
    }

    @Override
    public Optional<Finding> name(SignedBy statement) {
        return Optional.of(sbom(statement));
    }

    /** {@return the name of a bill of materials} */
    static Finding sbom(SignedBy statement) {
        String signer = statement.signerName();
        return statement
                .made()
                .map(date -> Finding.violation(Message.SBOM, signer, SignedCheck.shown(date)))
                .orElseGet(() -> Finding.violation(Message.SBOM_OPEN, signer));
    }

    /** {@return what the condition says of one license} */
    Finding check(License license) {
        if (denied.contains(license)) {
            return Finding.violation(Message.TEXT, license);
        }
        if (allowed.contains(license)) {
            return Finding.satisfied();
        }
        if (license.isReference()) {
            return Finding.undecidable(Message.LICENSE_REFERENCE, license);
        }
        License alone = license.withoutException();
        if (denied.contains(alone) || allowed.contains(alone)) {
            return Finding.undecidable(Message.LICENSE_EXCEPTION, license, alone);
        }
        return allowed.isEmpty() ? Finding.satisfied() : Finding.violation(Message.TEXT, license);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Licenses that && denied.equals(that.denied) && allowed.equals(that.allowed);
    }

    @Override
    public int hashCode() {
        return Objects.hash(denied, allowed);
    }

    /** {@return what is denied and allowed, for logs and debuggers} */
    @Override
    public String toString() {
        return (denied.isEmpty() ? "" : "deny " + denied)
                + (denied.isEmpty() || allowed.isEmpty() ? "" : " ")
                + (allowed.isEmpty() ? "" : "allow " + allowed);
    }
}
