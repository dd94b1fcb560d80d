package io.imagegate.signature.format;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.encoding.Base64Text;
import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.encoding.JsonReader;
import io.imagegate.signature.encoding.PredicateSkipper;
import io.imagegate.signature.format.Content.Predicate;
import io.imagegate.signature.refusal.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads statements of in-toto as streams: only their subjects are kept, and where the predicate is. Documents of megabytes
 * cost no more memory than their text.
 */
public final class StatementReader {

    static final String WHAT = "the statement";
    private static final Set<String> TYPES =
            Set.of("https://in-toto.io/Statement/v0.1", "https://in-toto.io/Statement/v1");
    private static final JsonFactory FACTORY = JsonReader.factory(20_000_000);

    private final Base64Text payload;
    private @Nullable String type;
    private @Nullable String predicateType;
    private @Nullable Predicate predicate;
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
        try (InputStream first = payload.open();
                JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), payload.open())) {
            JsonReader.requireUtf8(WHAT, first.readNBytes(2));
            reader.read(parser);
        } catch (JacksonException e) {
            throw JsonReader.refusal(WHAT, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reader;
    }

    private void read(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw Refusal.format(WHAT + " is not a JSON object");
        }
        PredicateSkipper skipper = new PredicateSkipper(parser);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            skipper.countName();
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "_type" -> type = text(parser, value);
                case "predicateType" -> predicateType = text(parser, value);
                case "subject" -> subjects = Subjects.read(WHAT, parser);
                case "predicate" -> predicate = predicate(parser, skipper);
                default -> skipper.skip();
            }
        }
        if (parser.nextToken() != null) {
            throw Refusal.format(WHAT + " is followed by more text");
        }
    }

    private static String text(JsonParser parser, JsonToken value) {
        if (value != JsonToken.VALUE_STRING) {
            throw Refusal.format(WHAT + " has a type that is not a text");
        }
        return parser.getString();
    }

    private Predicate predicate(JsonParser parser, PredicateSkipper skipper) {
        long start = parser.currentTokenLocation().getByteOffset();
        skipper.skip();
        // A text alone is not yet read to its end.
        parser.finishToken();
        return new Predicate(payload, start, parser.currentLocation().getByteOffset());
    }

    private Content about(Crypto crypto, KnownArtifact artifact) {
        if (type == null || predicateType == null || !TYPES.contains(type)) {
            throw Refusal.format(WHAT + " has no predicateType, or is not of the _type Statement/v0.1 or Statement/v1");
        }
        JsonObject subject = subjects.require(WHAT, crypto, artifact);
        return Content.statement(predicateType, subject.textsByName("annotations"), predicate);
    }
}
