package io.imagegate.cli.command;

import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ReferenceSyntaxException;
import io.imagegate.server.log.JsonLine;

/**
 * The result of parsing one reference.
 *
 * @param ok whether it is valid
 * @param json what {@code parse} prints
 */
record ParsedReference(boolean ok, String json) {

    static ParsedReference of(String input) {
        JsonLine json = new JsonLine().field("input", input);
        try {
            ImageReference reference = ImageReference.parse(input);
            json.field("ok", true).field("registry", reference.registry()).field("repository", reference.repository());
            reference.tag().ifPresent(tag -> json.field("tag", tag));
            reference.digest().ifPresent(digest -> json.field("digest", digest.toString()));
            json.field("canonical", reference.canonical()).field("familiar", reference.familiar());
            return new ParsedReference(true, json.toString());
        } catch (ReferenceSyntaxException wrong) {
            json.field("ok", false).field("problem", wrong.code());
            json.field("offset", wrong.offset()).field("message", wrong.getMessage());
            return new ParsedReference(false, json.toString());
        }
    }
}
