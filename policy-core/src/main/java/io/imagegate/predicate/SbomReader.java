package io.imagegate.predicate;

import io.imagegate.predicate.JsonValue.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads licenses of a document of SPDX 2 or CycloneDX. Which of them it is can be known at its end only, so the lists of both
 * are read.
 */
final class SbomReader {

    /** Most packages of a document. */
    private static final int MOST = 100_000;

    /** What stands for the image, its system or one file needs no license of its own; one that it has counts. */
    private static final Set<String> NO_PACKAGES =
            Set.of("CONTAINER", "OPERATING-SYSTEM", "FILE", "container", "operating-system", "file");

    private static final String EXPECTED = "a document of SPDX 2 with packages, or of CycloneDX with components";

    private final DocumentFields fields = new DocumentFields("the SBOM");
    private final Map<LicenseExpression, PackageLicense> licenses = new LinkedHashMap<>();
    private String spdxVersion = "";
    private String format = "";
    private boolean hasPackages;
    private boolean hasComponents;
    private int packages;

    SbomLicenses read(JsonValue predicate) {
        fields.object(predicate, "the predicate", (name, value) -> {
            switch (name) {
                case "spdxVersion" -> spdxVersion = fields.text(value, name);
                case "packages" -> {
                    hasPackages = true;
                    fields.list(value, name, this::spdxPackage);
                }
                case "bomFormat" -> format = fields.text(value, name);
                case "components" -> {
                    hasComponents = true;
                    fields.list(value, name, item -> component(item, name + "[]"));
                }
                case "metadata" -> fields.optionalObject(value, name, this::metadata);
                default -> {}
            }
        });
        boolean spdx = spdxVersion.startsWith("SPDX-2.") && hasPackages && !hasComponents;
        boolean cycloneDx = format.equals("CycloneDX") && hasComponents && !hasPackages;
        if (spdx == cycloneDx) {
            throw fields.wrong("the predicate", EXPECTED);
        }
        if (licenses.isEmpty()) {
            throw new UnreadableException("the SBOM has no packages");
        }
        return new SbomLicenses(List.copyOf(licenses.values()));
    }

    private void spdxPackage(JsonValue item) {
        SbomPackage read = counted();
        fields.object(item, "packages[]", (name, value) -> {
            switch (name) {
                case "name" -> read.name = fields.text(value, name);
                case "versionInfo" -> read.version = fields.text(value, name);
                case "primaryPackagePurpose" -> read.kind = fields.text(value, name);
                case "licenseConcluded" -> read.add(license(value, name), true);
                case "licenseDeclared" -> read.add(license(value, name), false);
                default -> {}
            }
        });
        keep(read, NO_PACKAGES.contains(read.kind));
    }

    private void metadata(String name, JsonValue value) {
        if (name.equals("component") && value.kind() != Kind.NULL) {
            SbomPackage image = counted();
            component(value, "metadata.component", image);
            keep(image, true);
        }
    }

    private void component(JsonValue item, String where) {
        SbomPackage read = counted();
        component(item, where, read);
        keep(read, NO_PACKAGES.contains(read.kind));
    }

    private void component(JsonValue item, String where, SbomPackage read) {
        fields.object(item, where, (name, value) -> {
            switch (name) {
                case "name" -> read.name = fields.text(value, name);
                case "version" -> read.version = fields.text(value, name);
                case "type" -> read.kind = fields.text(value, name);
                case "licenses" -> fields.list(value, name, license -> choice(license, read));
                // Components may have components, as deep as a predicate may be.
                case "components" -> fields.list(value, name, inner -> component(inner, where));
                default -> {}
            }
        });
    }

    private void choice(JsonValue item, SbomPackage read) {
        String[] stated = {"", "", "", ""};
        fields.object(item, "licenses[]", (name, value) -> {
            switch (name) {
                case "expression" -> stated[0] = license(value, name);
                case "acknowledgement" -> stated[3] = fields.text(value, name);
                case "license" ->
                    fields.object(value, name, (key, field) -> {
                        switch (key) {
                            case "id" -> stated[1] = license(field, key);
                            case "name" -> stated[2] = license(field, key);
                            case "acknowledgement" -> stated[3] = fields.text(field, key);
                            default -> {}
                        }
                    });
                default -> {}
            }
        });
        String first = stated[0].isEmpty() ? stated[1] : stated[0];
        read.add(first.isEmpty() ? stated[2] : first, stated[3].equals("concluded"));
    }

    /** Whole texts of licenses stand here, too, which are longer than other fields. */
    private String license(JsonValue value, String name) {
        if (value.kind() == Kind.NULL) {
            return "";
        }
        fields.require(value, Kind.TEXT, name, "a text");
        return value.text();
    }

    private SbomPackage counted() {
        if (++packages > MOST) {
            throw new UnreadableException("the SBOM has more than " + MOST + " packages");
        }
        return new SbomPackage();
    }

    private void keep(SbomPackage read, boolean optional) {
        for (String text : read.licenses(optional)) {
            LicenseExpression license = LicenseExpression.parse(text);
            PackageLicense known = licenses.get(license);
            if (known == null) {
                fields.keep(license.text(), read.title());
            }
            licenses.put(
                    license,
                    known == null
                            ? new PackageLicense(license, read.title(), 1)
                            : new PackageLicense(license, known.first(), known.packages() + 1));
        }
    }
}
