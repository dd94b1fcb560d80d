package io.imagegate.predicate;

import io.imagegate.text.SafeText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads one license of an expression: an id, perhaps deprecated, with later versions, or with an exception. */
final class LicenseTerm {

    private static final String OR_LATER = "-or-later";
    private static final String ONLY = "-only";
    private static final String NO_SUCCESSOR = "?";
    private static final String SPDX_LIST = " is not in the SPDX License List";
    private static final int SHOWN = 100;

    private LicenseTerm() {}

    static boolean isKnownException(String text) {
        return SpdxList.exception(text).isPresent();
    }

    /** {@return the license; unknown if the list does not have it} */
    static LicenseNode read(String id) {
        Optional<String> successor = SpdxList.successor(id);
        if (successor.isPresent()) {
            return successor.get().equals(NO_SUCCESSOR)
                    ? unknown(id, " is deprecated in the SPDX License List, which names nothing that replaces it")
                    : replaced(successor.get());
        }
        String lower = id.toLowerCase(Locale.ROOT);
        if (lower.startsWith(License.REFERENCE)
                && lower.length() > License.REFERENCE.length()
                && !lower.endsWith("+")) {
            return new LicenseNode.One(new License(lower, ""));
        }
        boolean later = id.endsWith("+");
        Optional<String> license = SpdxList.license(later ? id.substring(0, id.length() - 1) : id);
        return license.map(known -> read(id, known, later)).orElseGet(() -> unknown(id, SPDX_LIST));
    }

    private static LicenseNode read(String id, String known, boolean later) {
        boolean orLater = known.endsWith(OR_LATER);
        if (later && (orLater || known.endsWith(ONLY))) {
            return unknown(id, " has a + after an id that says already which versions it means");
        }
        String first = orLater ? known.substring(0, known.length() - OR_LATER.length()) + ONLY : known;
        return later || orLater ? any(SpdxList.from(first)) : new LicenseNode.One(new License(known, ""));
    }

    private static LicenseNode any(List<String> ids) {
        return LicenseNode.any(ids.stream()
                .<LicenseNode>map(id -> new LicenseNode.One(new License(id, "")))
                .toList());
    }

    private static LicenseNode replaced(String successor) {
        String[] parts = successor.split(" WITH ", 2);
        return parts.length == 1 ? read(successor) : with(read(parts[0]), parts[1]);
    }

    /** {@return a license with an exception} */
    static LicenseNode with(LicenseNode license, String exception) {
        return SpdxList.exception(exception)
                .map(known -> withKnown(license, known))
                .orElseGet(() -> unknown(exception, " is not an exception in the SPDX License List"));
    }

    private static LicenseNode withKnown(LicenseNode license, String exception) {
        if (license instanceof LicenseNode.One one) {
            return one.license().exception().isEmpty()
                    ? new LicenseNode.One(new License(one.license().id(), exception))
                    : unknown(one.license().toString(), " has two exceptions");
        }
        return license instanceof LicenseNode.Any any
                ? LicenseNode.any(any.parts().stream()
                        .map(part -> withKnown(part, exception))
                        .toList())
                : license;
    }

    static LicenseNode unknown(String text, String why) {
        return new LicenseNode.Unknown(SafeText.quote(text, SHOWN) + why);
    }
}
