package io.imagegate.signature.format;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.encoding.Base64Text;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.SignatureFault;
import io.imagegate.syntax.FieldNames;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Subjects and type of a statement that cannot be read as a whole: whoever signs many images may have signed one that says too
 * much, and it must not count for the others. A field that stands twice, or after which the text is no JSON, is not known.
 */
final class StatementOutline {

    /** What is too much for a statement is skipped here, and its text is in memory anyway. */
    private static final SyntaxLimits LIMITS =
            SyntaxLimits.builder(1 << 17, 10_000).repeatedNames().build();

    private static final FieldNames FIELDS = FieldNames.of("subject", "predicateType");

    private final List<Optional<Subjects>> subjects = new ArrayList<>();
    private final List<Optional<String>> types = new ArrayList<>();

    private StatementOutline() {}

    static StatementOutline read(Base64Text payload) {
        StatementOutline outline = new StatementOutline();
        JsonCursor<Refusal> cursor =
                JsonCursor.of(payload.open(), LIMITS, (line, column, problem) -> Refusal.format(problem));
        try {
            if (cursor.begin() && cursor.type() == ValueType.OBJECT) {
                outline.read(cursor, payload);
                return outline;
            }
        } catch (Refusal e) {
            // nothing is known of it
        }
        return new StatementOutline();
    }

    private void read(JsonCursor<Refusal> cursor, Base64Text payload) {
        cursor.enterObject();
        for (String name = cursor.field(FIELDS); name != null; name = cursor.field(FIELDS)) {
            if (name.equals("subject")) {
                long start = cursor.offset();
                cursor.skip();
                subjects.add(subjects(new PayloadRange(payload, start, cursor.position())));
            } else {
                types.add(cursor.type() == ValueType.STRING ? Optional.of(cursor.scalar()) : Optional.empty());
            }
        }
    }

    private static Optional<Subjects> subjects(PayloadRange range) {
        try {
            return Optional.of(Subjects.read(range));
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    /** {@return why the statement is refused: for being about others if that can be told, else for what it was} */
    Refusal refusal(Refusal why, Crypto crypto, KnownArtifact artifact) {
        if (subjects.size() == 1 && subjects.get(0).isPresent()) {
            try {
                subjects.get(0).get().require(StatementReader.WHAT, crypto, artifact);
            } catch (Refusal e) {
                if (e.fault().filter(SignatureFault.DIGEST::equals).isPresent()) {
                    return e;
                }
            }
        }
        return types.size() == 1 ? types.get(0).map(why::ofType).orElse(why) : why;
    }
}
