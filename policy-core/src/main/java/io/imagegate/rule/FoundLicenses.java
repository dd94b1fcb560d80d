package io.imagegate.rule;

import io.imagegate.predicate.License;
import io.imagegate.predicate.LicenseExpression;
import io.imagegate.predicate.PackageLicense;
import java.util.ArrayList;
import java.util.List;

/** What a condition says of the licenses in one bill of materials. */
final class FoundLicenses {

    private static final int SHOWN = 3;

    private final Judge judge;
    private final List<PackageLicense> licenses;

    FoundLicenses(Licenses condition, List<PackageLicense> licenses) {
        this.judge = new Judge(condition);
        this.licenses = licenses;
    }

    /**
     * {@return violated if one license is; undecidable if that is unknown of one}
     *
     * @param sbom the name of the bill of materials
     */
    Finding finding(Finding sbom) {
        List<Finding> denied = new ArrayList<>();
        List<Finding> unknown = new ArrayList<>();
        for (PackageLicense license : licenses) {
            Finding found = license.license().read(judge);
            if (found.outcome() == Outcome.VIOLATED) {
                denied.add(Finding.violation(Message.LICENSE_DENIED, license.license(), packages(license)));
            } else if (found.outcome() == Outcome.UNDECIDABLE) {
                unknown.add(Finding.violation(Message.LICENSE_UNKNOWN, packages(license), found));
            }
        }
        if (!denied.isEmpty()) {
            return Finding.violation(Message.LICENSES_DENIED, sbom, shown(denied));
        }
        return unknown.isEmpty()
                ? Finding.satisfied()
                : Finding.undecidable(Message.LICENSES_UNKNOWN, sbom, shown(unknown));
    }

    private static Object packages(PackageLicense license) {
        String first = license.shownPackage();
        return license.packages() == 1
                ? first
                : Finding.violation(Message.LICENSE_PACKAGES, first, license.packages() - 1);
    }

    private static List<Object> shown(List<Finding> all) {
        List<Object> shown = new ArrayList<>(all.subList(0, Math.min(SHOWN, all.size())));
        if (all.size() > SHOWN) {
            shown.add(Finding.violation(Message.MORE_FOUND, all.size() - SHOWN));
        }
        return shown;
    }

    /** Three-valued: of a choice the best part counts, of parts that all hold the worst. */
    private record Judge(Licenses condition) implements LicenseExpression.Reader<Finding> {

        @Override
        public Finding license(License license) {
            return condition.check(license);
        }

        @Override
        public Finding unknown(String reason) {
            return Finding.undecidable(reason);
        }

        @Override
        public Finding all(List<Finding> parts) {
            return first(parts, Outcome.VIOLATED, Outcome.UNDECIDABLE);
        }

        @Override
        public Finding any(List<Finding> parts) {
            return first(parts, Outcome.SATISFIED, Outcome.UNDECIDABLE);
        }

        private static Finding first(List<Finding> parts, Outcome decisive, Outcome open) {
            return parts.stream()
                    .filter(part -> part.outcome() == decisive)
                    .findFirst()
                    .or(() -> parts.stream()
                            .filter(part -> part.outcome() == open)
                            .findFirst())
                    .orElse(parts.get(0));
        }
    }
}
