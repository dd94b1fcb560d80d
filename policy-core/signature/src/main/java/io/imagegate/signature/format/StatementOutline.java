package io.imagegate.signature.format;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.encoding.Base64Text;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.SignatureFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Subjects and type of a statement that cannot be read as a whole: whoever signs many images may have signed one that says too
 * much, and it must not count for the others. A field that stands twice, or after which the text is no JSON, is not known.
 */
final class StatementOutline {

    /** Names and numbers are as long as they like, but their text is in memory anyway, and they are dropped at once. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(10_000)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    private final List<Optional<Subjects>> subjects = new ArrayList<>();
    private final List<Optional<String>> types = new ArrayList<>();

    private StatementOutline() {}

    static StatementOutline read(Base64Text payload) {
        StatementOutline outline = new StatementOutline();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), payload.open())) {
            return outline.isRead(parser) ? outline : new StatementOutline();
        } catch (JacksonException | Refusal e) {
            return new StatementOutline();
        }
    }

    private boolean isRead(JsonParser parser) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("subject")) {
                subjects.add(subjects(parser));
            } else if (name.equals("predicateType")) {
                types.add(value == JsonToken.VALUE_STRING ? Optional.of(parser.getString()) : Optional.empty());
            }
            while (!parser.streamReadContext().getParent().inRoot()) {
                parser.nextToken();
            }
        }
        return true;
    }

    private static Optional<Subjects> subjects(JsonParser parser) {
        try {
            return Optional.of(Subjects.read(StatementReader.WHAT, parser));
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
