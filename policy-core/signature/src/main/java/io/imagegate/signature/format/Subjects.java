package io.imagegate.signature.format;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.HashAlgorithm;
import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.encoding.JsonReader;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.SignatureFault;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a statement is about.
 *
 * @param subjects the artifacts
 */
record Subjects(List<JsonObject> subjects) {

    static final Subjects NONE = new Subjects(List.of());

    private static final int MOST = 1000;
    private static final int VALUES = 20_000;

    /** Reads a list of objects. */
    static Subjects read(PayloadRange range) {
        JsonCursor<Refusal> cursor = JsonReader.open(StatementReader.WHAT, range.open());
        List<JsonObject> subjects = new ArrayList<>();
        int values = 0;
        if (!cursor.begin() || cursor.type() != ValueType.ARRAY) {
            throw unreadable();
        }
        cursor.enterArray();
        while (cursor.element()) {
            if (cursor.type() != ValueType.OBJECT || subjects.size() == MOST) {
                throw unreadable();
            }
            Node subject = cursor.tree();
            values += values(subject);
            if (values > VALUES) {
                throw Refusal.undecidable(StatementReader.WHAT + " has more than " + VALUES + " parts");
            }
            subjects.add(new JsonObject(StatementReader.WHAT, subject));
        }
        return new Subjects(subjects);
    }

    /** {@return the number of values in a value} */
    private static int values(Node node) {
        int values = node.fields().size() + node.elements().size();
        for (Node.Field field : node.fields()) {
            values += values(field.value());
        }
        for (Node element : node.elements()) {
            values += values(element);
        }
        return values;
    }

    private static Refusal unreadable() {
        return Refusal.undecidable(
                StatementReader.WHAT + " has subjects that are no list of objects, or more than " + MOST);
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
