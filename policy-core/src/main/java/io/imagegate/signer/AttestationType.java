package io.imagegate.signer;

import static java.util.Map.entry;

import io.imagegate.predicate.JsonPointer;
import io.imagegate.text.SafeText;
import io.imagegate.text.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Predicate type of attestations. Immutable.
 *
 * @param uri the type in statements
 * @since 0.1
 */
public record AttestationType(String uri) {

    private static final String CYCLONEDX = "https://cyclonedx.org/bom";
    private static final String SPDX = "https://spdx.dev/Document";
    private static final String VULN = "https://cosign.sigstore.dev/attestation/vuln/v1";
    private static final String SLSA_0_2 = "https://slsa.dev/provenance/v0.2";
    private static final String SLSA_1 = "https://slsa.dev/provenance/v1";
    private static final String SUMMARIES = "https://slsa.dev/verification_summary/";
    private static final String SUMMARY = SUMMARIES + "v1";
    private static final String VEX = "https://openvex.dev/ns";
    private static final String SIGNATURE = "https://sigstore.dev/cosign/sign/v1";

    /** OpenVEX documents about the image. */
    public static final AttestationType OPENVEX = new AttestationType(VEX);

    /** Names that cosign has for types, and {@code vsa}. */
    private static final Map<String, String> NAMES = new TreeMap<>(Map.ofEntries(
            entry("custom", "https://cosign.sigstore.dev/attestation/v1"),
            entry("cyclonedx", CYCLONEDX),
            entry("link", "https://in-toto.io/Link/v1"),
            entry("openvex", VEX),
            entry("slsaprovenance", SLSA_0_2),
            entry("slsaprovenance02", SLSA_0_2),
            entry("slsaprovenance1", SLSA_1),
            entry("spdx", SPDX),
            entry("spdxjson", SPDX),
            entry("vsa", SUMMARY),
            entry("vuln", VULN)));

    /** Where statements say when what they attest happened. */
    private static final Map<String, JsonPointer> DATES = Map.of(
            CYCLONEDX, new JsonPointer("/metadata/timestamp"),
            SPDX, new JsonPointer("/creationInfo/created"),
            VULN, new JsonPointer("/metadata/scanFinishedOn"),
            SLSA_0_2, new JsonPointer("/metadata/buildFinishedOn"),
            SLSA_1, new JsonPointer("/runDetails/metadata/finishedOn"),
            SUMMARY, new JsonPointer("/timeVerified"));

    /** Statements that are made again and again, so that the newest says how it is. */
    private static final Set<String> NEWEST = Set.of(VULN, SUMMARY);

    private static final int LONGEST = 1_024;
    private static final int SHOWN = 100;

    /**
     * Parses a type.
     *
     * @param text a name that cosign has for a type, such as {@code slsaprovenance1}, {@code vsa} for a verification summary
     *     of SLSA, or a URI
     * @return the type
     * @throws IllegalArgumentException if it is neither, or a type that conditions cannot be about
     */
    public static AttestationType parse(String text) {
        if (text.startsWith(SUMMARIES) && !text.equals(SUMMARY)) {
            throw new IllegalArgumentException(SafeText.quote(text, SHOWN)
                    + " is another version of verification summaries, expected vsa, which is " + SUMMARY);
        }
        if (text.equals(SIGNATURE)) {
            throw new IllegalArgumentException("statements of this type are signatures, expected signature: {by: […]}");
        }
        String uri = NAMES.get(text);
        if (uri == null && !isUri(text)) {
            throw new IllegalArgumentException(SafeText.quote(text, SHOWN) + ", expected a URI, or one of "
                    + String.join(", ", NAMES.keySet()) + suggestion(text));
        }
        return new AttestationType(uri == null ? text : uri);
    }

    private static boolean isUri(String text) {
        return text.length() <= LONGEST && text.matches("[A-Za-z][A-Za-z0-9+.-]*:[\\x21-\\x7e]+");
    }

    private static String suggestion(String text) {
        String nearest = Suggestion.nearest(text, NAMES.keySet(), 3);
        return nearest.isEmpty() ? "" : " (did you mean " + nearest + "?)";
    }

    /** {@return the names of known types} */
    public static List<String> names() {
        return List.copyOf(NAMES.keySet());
    }

    /** {@return where a statement says when it was made; empty if statements of this type have no such date} */
    public Optional<JsonPointer> date() {
        return Optional.ofNullable(DATES.get(sbom().orElse(uri)));
    }

    /** {@return whether its statements are bills of materials, of any version of SPDX or CycloneDX} */
    public boolean isSbom() {
        return sbom().isPresent();
    }

    /** The type of a bill of materials may have a version: {@code https://spdx.dev/Document/v2.3}. */
    private Optional<String> sbom() {
        return Stream.of(CYCLONEDX, SPDX)
                .filter(type -> uri.equals(type) || uri.startsWith(type + "/"))
                .findFirst();
    }

    /** {@return whether a newer statement replaces older ones} */
    public boolean newestCounts() {
        return NEWEST.contains(uri);
    }

    /** {@return the name of the type, or else its URI} */
    @Override
    public String toString() {
        return NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(uri))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(uri);
    }
}
