package io.imagegate.predicate;

import io.imagegate.predicate.LicenseExpression.Reader;
import io.imagegate.text.SafeText;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One version of a license of the SPDX License List, or a {@code LicenseRef-…}, perhaps with an exception. Immutable.
 *
 * @param id as the list writes it, without {@code +} and {@code -or-later}; of a {@code LicenseRef-…} in lower case
 * @param exception the exception as the list writes it; empty if it has none
 * @since 0.1
 */
public record License(String id, String exception) {

    static final String REFERENCE = "licenseref-";
    private static final Pattern ONE = Pattern.compile("[A-Za-z0-9.+-]+(?: (?:WITH|with) [A-Za-z0-9.-]+)?");
    private static final int SHOWN = 100;

    /**
     * Reads a license that a policy names.
     *
     * @param text an id of the list in any case, such as {@code AGPL-3.0-only}, {@code GPL-2.0-or-later} or
     *     {@code GPL-2.0-only WITH Classpath-exception-2.0}, or a {@code LicenseRef-…}
     * @return its versions: several after {@code -or-later} and {@code +}
     * @throws IllegalArgumentException if it is none; the message says what was probably meant
     */
    public static Set<License> versions(String text) {
        if (!ONE.matcher(text).matches()) {
            throw new IllegalArgumentException(SafeText.quote(text, SHOWN)
                    + ", expected one license of the SPDX License List, such as AGPL-3.0-only");
        }
        Set<License> found = new LinkedHashSet<>();
        LicenseExpression.parse(text).read(new Reader<Boolean>() {
            @Override
            public Boolean license(License license) {
                return found.add(license);
            }

            @Override
            public Boolean unknown(String reason) {
                throw new IllegalArgumentException(reason + meant(text));
            }

            @Override
            public Boolean all(List<Boolean> parts) {
                return true;
            }

            @Override
            public Boolean any(List<Boolean> parts) {
                return true;
            }
        });
        return found;
    }

    private static String meant(String text) {
        String[] parts = text.split(" ", -1);
        boolean exception = parts.length == 3 && !LicenseTerm.isKnownException(parts[2]);
        String meant = SpdxList.meant(exception ? parts[2] : parts[0], exception);
        return meant.isEmpty() ? ", expected an id such as AGPL-3.0-only" : " (did you mean " + meant + "?)";
    }

    /** {@return whether it is no license of the list, but one that a document names for itself} */
    public boolean isReference() {
        return id.startsWith(REFERENCE);
    }

    /** {@return the license without its exception} */
    public License withoutException() {
        return new License(id, "");
    }

    /** {@return as in an expression} */
    @Override
    public String toString() {
        return exception.isEmpty() ? id : id + " WITH " + exception;
    }
}
