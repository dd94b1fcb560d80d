package io.imagegate.predicate;

import io.imagegate.reference.Digest;
import io.imagegate.text.SafeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads an OpenVEX document, version 0.2.0 of the OpenVEX Specification, as the predicate of a statement about an image. As
 * its section "Data Inheritance" says, a statement without a timestamp has that of the document; as "Attesting OpenVEX
 * Documents" says, a statement without products is about the subjects of the attestation, and one whose products are others
 * is ignored.
 *
 * <p>A document that was updated without a date of the statement might have changed any of its statements. So the later date
 * {@code last_updated} counts for those that excuse nothing, and {@code timestamp} for the others.
 */
final class VexReader {

    private static final String CONTEXT = "https://openvex.dev/ns";
    private static final String VERSION = CONTEXT + "/v0.2.0";

    /** Most statements of a document, about any product. */
    private static final int MOST = 10_000;

    private static final int SHOWN = 100;

    private final Digest image;
    private final DocumentFields fields = new DocumentFields("the VEX document");
    private final List<VexStatementReader> read = new ArrayList<>();
    private String context = "";
    private Optional<Instant> timestamp = Optional.empty();
    private Optional<Instant> updated = Optional.empty();
    private boolean hasStatements;
    private int statements;

    VexReader(Digest image) {
        this.image = image;
    }

    VexDocument read(JsonValue predicate) {
        fields.object(predicate, "the predicate", this::document);
        if (!context.equals(CONTEXT) && !context.equals(VERSION)) {
            throw new UnreadableException(
                    "the VEX document has the @context " + SafeText.quote(context, SHOWN) + ", expected " + VERSION);
        }
        if (!hasStatements) {
            throw fields.wrong("statements", "a list");
        }
        return new VexDocument(read.stream()
                .map(statement -> statement.with(timestamp, updated))
                .toList());
    }

    private void document(String name, JsonValue value) {
        switch (name) {
            case "@context" -> context = fields.text(value, name);
            case "timestamp" -> timestamp = date(fields, value, name);
            case "last_updated" -> updated = date(fields, value, name);
            case "statements" -> {
                hasStatements = true;
                fields.list(value, name, this::statement);
            }
            default -> {}
        }
    }

    private void statement(JsonValue value) {
        if (++statements > MOST) {
            throw new UnreadableException("the VEX document has more than " + MOST + " statements");
        }
        VexStatementReader statement = new VexStatementReader(fields, image);
        fields.object(value, "statements[]", statement);
        if (statement.isAboutImage()) {
            read.add(statement);
        }
    }

    static Optional<Instant> date(DocumentFields fields, JsonValue value, String name) {
        String text = fields.text(value, name);
        Optional<Instant> date = PredicateValue.text(text).date();
        if (date.isEmpty() && !text.isEmpty()) {
            throw fields.wrong(name, "a date such as 2026-11-25T12:00:00Z");
        }
        return date;
    }
}
