package io.imagegate.predicate;

import java.util.List;

/** Part of a license expression. */
sealed interface LicenseNode {

    /** One license. */
    record One(License license) implements LicenseNode {}

    /** A license of which it is not known what it is. */
    record Unknown(String reason) implements LicenseNode {}

    /** All of these hold. */
    record All(List<LicenseNode> parts) implements LicenseNode {}

    /** The user of the package chooses one of these. */
    record Any(List<LicenseNode> parts) implements LicenseNode {}

    static LicenseNode all(List<LicenseNode> parts) {
        return parts.size() == 1 ? parts.get(0) : new All(List.copyOf(parts));
    }

    static LicenseNode any(List<LicenseNode> parts) {
        return parts.size() == 1 ? parts.get(0) : new Any(List.copyOf(parts));
    }

    default <T> T read(LicenseExpression.Reader<T> reader) {
        if (this instanceof One one) {
            return reader.license(one.license());
        }
        if (this instanceof All all) {
            return reader.all(read(all.parts(), reader));
        }
        if (this instanceof Any any) {
            return reader.any(read(any.parts(), reader));
        }
        return reader.unknown(((Unknown) this).reason());
    }

    private static <T> List<T> read(List<LicenseNode> parts, LicenseExpression.Reader<T> reader) {
        return parts.stream().map(part -> part.read(reader)).toList();
    }
}
