package io.imagegate.predicate;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import java.util.List;

/**
 * Licenses of packages in a bill of materials, SPDX 2 or CycloneDX in JSON. Immutable and thread-safe.
 *
 * @param licenses each license once, in the order of the document
 * @since 0.1
 */
public record SbomLicenses(List<PackageLicense> licenses) implements PredicateContent {

    private static final ContentQuery<SbomLicenses> QUERY = new Query();

    /**
     * Copies the list.
     *
     * @param licenses each license once
     */
    public SbomLicenses {
        licenses = List.copyOf(licenses);
    }

    /** {@return a query for the licenses of all packages} */
    public static ContentQuery<SbomLicenses> query() {
        return QUERY;
    }

    @Override
    public long weight() {
        return licenses.stream().mapToLong(PackageLicense::weight).sum();
    }

    private record Query() implements ContentQuery<SbomLicenses> {

        @Override
        public Fact<SbomLicenses> read(JsonValue predicate, Digest image) {
            return Fact.known(new SbomReader().read(predicate));
        }

        @Override
        public String key() {
            return "sbom licenses";
        }
    }
}
