package io.imagegate.predicate;

import java.util.Optional;

/** Package in which a scanner found a vulnerability; a text is empty if the report does not have it. */
record Component(String name, String version, String purl) {

    /** Estimate of the bytes of this object and its texts, without their characters. */
    private static final int OBJECT = 200;

    Optional<PackageUrl> url() {
        return PackageUrl.parse(purl);
    }

    long weight() {
        return OBJECT + 2L * (name.length() + version.length() + purl.length());
    }

    /** {@return name and version} */
    @Override
    public String toString() {
        return version.isEmpty() ? name : name + " " + version;
    }
}
