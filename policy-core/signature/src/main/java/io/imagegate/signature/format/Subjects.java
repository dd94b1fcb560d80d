package io.imagegate.signature.format;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.HashAlgorithm;
import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.encoding.JsonReader;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.SignatureFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What a statement is about.
 *
 * @param subjects the artifacts
 */
record Subjects(List<JsonObject> subjects) {

    static final Subjects NONE = new Subjects(List.of());

    private static final int MOST = 1000;

    /** Reads the list that begins with the current token. */
    static Subjects read(String what, JsonParser parser) {
        JsonReader reader = JsonReader.within(what, parser);
        List<JsonObject> subjects = new ArrayList<>();
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() == JsonToken.START_OBJECT && subjects.size() < MOST) {
                subjects.add(reader.object());
            }
        }
        if (parser.currentToken() != JsonToken.END_ARRAY) {
            throw Refusal.undecidable(what + " has subjects that are no list of objects, or more than " + MOST);
        }
        return new Subjects(subjects);
    }

    /** {@return the one that is an artifact} If none is, that is a violation. */
    JsonObject require(String what, Crypto crypto, KnownArtifact artifact) {
        for (JsonObject subject : subjects) {
            Map<String, String> digests = subject.textsByName("digest");
            for (HashAlgorithm hash : HashAlgorithm.values()) {
                String hex = digests.get(hash.digest());
                if (hex != null && artifact.has(crypto, hash, hex)) {
                    return subject;
                }
            }
        }
        throw Refusal.violated(SignatureFault.DIGEST, what + " is about " + this + ", expected " + artifact);
    }

    /** {@return the digests of the first, for messages} */
    @Override
    public String toString() {
        return subjects.isEmpty()
                ? "nothing"
                : Refusal.shown(String.valueOf(subjects.get(0).textsByName("digest")))
                        + (subjects.size() > 1 ? " and " + (subjects.size() - 1) + " more" : "");
    }
}
