package io.imagegate.document.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.SyntaxLimits;
import java.util.Optional;

/**
 * Checks the predicate of an attestation in a policy test as strictly as the verification of signatures does. A test with what
 * that refuses would pass although the rule is undecidable for such an attestation.
 */
public final class PredicateJson {

    /** Depth, names and numbers are as of verified attestations; the length of texts is that of the file, which is limited. */
    private static final SyntaxLimits LIMITS = SyntaxLimits.builder(Integer.MAX_VALUE, 64)
            .nameChars(1_000)
            .numberChars(100)
            .parts(1_000_000)
            .wholeNames()
            .build();

    private PredicateJson() {}

    /** {@return the bytes of a text of another document, at whose place its problem is recorded} */
    public static Optional<byte[]> check(YamlNode at, String text) {
        Problems found = new Problems();
        Optional<byte[]> checked = check("", text, found);
        found.all()
                .forEach(problem -> at.problem(
                        problem.at().line() == 0
                                ? problem.message()
                                : "line " + problem.at().line() + " of it: " + problem.message()));
        return checked;
    }

    /** {@return the bytes of a file, which is one object} */
    public static Optional<byte[]> check(String file, String text, Problems problems) {
        byte[] json = text.getBytes(UTF_8);
        JsonCursor<SyntaxException> cursor = JsonCursor.of(json, json.length, LIMITS, SyntaxException.OF_JSON);
        try {
            Node document = cursor.document();
            if (cursor.begin()) {
                throw cursor.malformed("another value, expected one object");
            }
            if (document != null && document.isObject()) {
                return Optional.of(json);
            }
            problems.add(file, "expected one JSON object, the predicate of an attestation");
        } catch (SyntaxException e) {
            e.addTo(file, problems);
        }
        return Optional.empty();
    }
}
