package io.imagegate.signature.format;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.encoding.Base64Text;
import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.encoding.JsonReader;
import io.imagegate.signature.encoding.OpenNames;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.ValueType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads statements of in-toto as streams: only their subjects are kept, and where the predicate is. Documents of megabytes
 * cost no more memory than their text.
 */
public final class StatementReader {

    static final String WHAT = "the statement";
    private static final Set<String> TYPES =
            Set.of("https://in-toto.io/Statement/v0.1", "https://in-toto.io/Statement/v1");

    private final Base64Text payload;
    private @Nullable String type;
    private @Nullable String predicateType;
    private @Nullable PayloadRange predicate;
    private Subjects subjects = Subjects.NONE;

    private StatementReader(Base64Text payload) {
        this.payload = payload;
    }

    /** {@return the statement about an artifact} One about others only is a violation, also if no more of it can be read. */
    public static Content read(Crypto crypto, Base64Text payload, KnownArtifact artifact) {
        try {
            return read(payload).about(crypto, artifact);
        } catch (Refusal e) {
            throw StatementOutline.read(payload).refusal(e, crypto, artifact);
        }
    }

    private static StatementReader read(Base64Text payload) {
        StatementReader reader = new StatementReader(payload);
        reader.read(JsonReader.stream(WHAT, payload.open()));
        return reader;
    }

    private void read(JsonCursor<Refusal> cursor) {
        JsonReader.beginObject(WHAT, cursor);
        OpenNames weights = new OpenNames();
        weights.enter();
        cursor.enterObject();
        for (String name = cursor.field(); name != null; name = cursor.field()) {
            weights.name(name);
            switch (name) {
                case "_type" -> type = text(cursor);
                case "predicateType" -> predicateType = text(cursor);
                case "subject" -> subjects = Subjects.read(skipped(cursor, weights));
                case "predicate" -> predicate = skipped(cursor, weights);
                default -> cursor.skip(weights);
            }
        }
        JsonReader.requireEnd(WHAT, cursor);
    }

    private static String text(JsonCursor<Refusal> cursor) {
        if (cursor.type() != ValueType.STRING) {
            throw Refusal.format(WHAT + " has a type that is not a text");
        }
        return cursor.scalar();
    }

    private PayloadRange skipped(JsonCursor<Refusal> cursor, OpenNames weights) {
        long start = cursor.offset();
        cursor.skip(weights);
        return new PayloadRange(payload, start, cursor.position());
    }

    private Content about(Crypto crypto, KnownArtifact artifact) {
        if (type == null || predicateType == null || !TYPES.contains(type)) {
            throw Refusal.format(WHAT + " has no predicateType, or is not of the _type Statement/v0.1 or Statement/v1");
        }
        JsonObject subject = subjects.require(WHAT, crypto, artifact);
        return Content.statement(predicateType, subject.textsByName("annotations"), predicate);
    }
}
