package io.imagegate.rule;

import io.imagegate.version.Containment;
import io.imagegate.version.VersionRange;
import java.util.Objects;
import java.util.Optional;

/** Requires that the tag is a version in a range, perhaps with only its first numbers, and with one of some variants. */
record VersionInRange(VersionRange range, boolean partial, Variants variants) implements Rule {

    VersionInRange {
        Objects.requireNonNull(range, "range");
        Objects.requireNonNull(variants, "variants");
    }

    @Override
    public Finding check(Candidate image) {
        Optional<String> tag = image.reference().effectiveTag();
        return tag.isEmpty() ? Finding.undecidable(Message.TAG_ONLY_DIGEST) : check(tag.get());
    }

    private Finding check(String tag) {
        String version = tag.substring(0, variants.dashIn(tag));
        Optional<Containment> containment = range.containment(version);
        if (containment.isEmpty()) {
            return unreadable(tag, version);
        }
        if (isPartial(version)) {
            return partial ? partial(tag, version, containment.get()) : Finding.undecidable(Message.VERSION_SHORT, tag);
        }
        return switch (containment.get()) {
            case ALL -> inside(tag, version);
            case NONE -> outside(tag, version);
            case SOME, PRERELEASE -> prerelease(tag, version);
        };
    }

    private static boolean isPartial(String version) {
        return version.indexOf('-') < 0 && version.indexOf('.') == version.lastIndexOf('.');
    }

    /** {@return the version without what may be a prerelease} */
    private static String numbers(String version) {
        int dash = version.indexOf('-');
        return dash < 0 ? version : version.substring(0, dash);
    }

    private static String suffix(String version) {
        return version.substring(Math.min(numbers(version).length() + 1, version.length()));
    }

    private Finding unreadable(String tag, String version) {
        boolean suffixed = !suffix(version).isEmpty()
                && range.containment(numbers(version)).isPresent();
        return suffixed ? unlisted(tag, version) : Finding.undecidable(Message.TAG_NO_VERSION, tag, range);
    }

    private Finding partial(String tag, String version, Containment containment) {
        return switch (containment) {
            case ALL -> inside(tag, version);
            case NONE -> Finding.violation(Message.VERSION_NONE, tag, version, range);
            case SOME, PRERELEASE -> Finding.undecidable(Message.VERSION_SOME, tag, version, range);
        };
    }

    private Finding inside(String tag, String version) {
        return variants.plain() || version.length() < tag.length()
                ? Finding.satisfied(tag)
                : Finding.violation(Message.VARIANT_MISSING, tag, variants);
    }

    /** A prerelease that may be a variant that nobody listed is outside only if its version is, too. */
    private Finding outside(String tag, String version) {
        String suffix = suffix(version);
        boolean certain = suffix.isEmpty()
                || Variants.isUnfinished(suffix)
                || range.containment(numbers(version)).equals(Optional.of(Containment.NONE));
        return certain ? Finding.violation(Message.VERSION_OUT_OF_RANGE, tag, version, range) : unlisted(tag, version);
    }

    private Finding prerelease(String tag, String version) {
        return Variants.isUnfinished(suffix(version))
                ? Finding.undecidable(Message.TAG_PRERELEASE, tag, range)
                : unlisted(tag, version);
    }

    private Finding unlisted(String tag, String version) {
        return Finding.undecidable(Message.VARIANT_UNLISTED, tag, suffix(version), numbers(version), variants, range);
    }
}
