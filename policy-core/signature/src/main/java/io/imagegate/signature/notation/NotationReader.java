package io.imagegate.signature.notation;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.crypto.SignedMessage;
import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerWriter;
import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.format.Content;
import io.imagegate.signature.format.KnownArtifact;
import io.imagegate.signature.format.Material;
import io.imagegate.signature.format.ParsedSignature;
import io.imagegate.signature.refusal.Refusal;
import java.util.List;
import java.util.Optional;

/** Reads signatures of Notation, whose payload names the media type, digest and size of a manifest. */
final class NotationReader {

    private final Crypto crypto;
    private final KnownArtifact artifact;

    NotationReader(Crypto crypto, KnownArtifact artifact) {
        this.crypto = crypto;
        this.artifact = artifact;
    }

    ParsedSignature read(String mediaType, byte[] content) {
        NotationEnvelope envelope = NotationEnvelope.read(mediaType, content);
        return new ParsedSignature(
                new SignedMessage(envelope.message(), Optional.empty()),
                envelope.signature(),
                Material.of(envelope.chain(), "the form of Notation"),
                List.of(),
                envelope.timestamp().map(NotationReader::answer).stream().toList(),
                MessageSource.of(envelope.signature().array()),
                envelope::isBy,
                envelope.expiry(),
                () -> content(envelope.payload().array()));
    }

    /** Notation keeps the token alone, other forms the whole answer of the authority. */
    private static byte[] answer(byte[] token) {
        byte[] granted = DerWriter.element(Der.SEQUENCE, DerWriter.element(Der.INTEGER, new byte[] {0}));
        return DerWriter.element(Der.SEQUENCE, granted, token);
    }

    private Content content(byte[] payload) {
        JsonObject target = JsonObject.read("the payload", payload).requiredObject("targetArtifact");
        long size =
                target.number("size").orElseThrow(() -> Refusal.format("the payload, targetArtifact, size is missing"));
        artifact.requireManifest(
                crypto,
                "a signature of Notation",
                target.requiredText("mediaType"),
                target.requiredText("digest"),
                size);
        return Content.imageSignature("Notation", target.textsByName("annotations"));
    }
}
