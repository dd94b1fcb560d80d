package io.imagegate.predicate;

import io.imagegate.text.SafeText;

/**
 * License of packages in a bill of materials. Immutable and thread-safe.
 *
 * @param license the license
 * @param first name and version of the first package that has it
 * @param packages how many packages have it
 * @since 0.1
 */
public record PackageLicense(LicenseExpression license, String first, int packages) {

    private static final int OBJECT = 300;
    private static final int SHOWN = 64;

    long weight() {
        // An expression is kept as text and in parts.
        return OBJECT + 10L * license.text().length() + 2L * first.length();
    }

    /** {@return the first package, escaped and cut} */
    public String shownPackage() {
        return first.isEmpty() ? "a package without a name" : SafeText.escape(SafeText.cut(first, SHOWN));
    }
}
