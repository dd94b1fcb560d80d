package io.imagegate.cli.inspect;

import io.imagegate.text.ShownText;
import java.io.PrintWriter;
import tools.jackson.core.JsonGenerator;

/** Signatures and attestations as a tree for people, and as JSON for programs. */
final class SignatureTree {

    private SignatureTree() {}

    static void write(PrintWriter out, FoundSignatures found) {
        out.println();
        out.println("signatures and attestations" + (found.all().isEmpty() ? ": none" : ""));
        found.all().forEach(signature -> write(out, signature));
        if (!found.problem().isEmpty()) {
            out.println("  there may be others: " + ShownText.escape(found.problem()));
        }
    }

    private static void write(PrintWriter out, FoundSignature signature) {
        String type = signature.predicateType().isEmpty() ? "" : " " + signature.predicateType();
        out.println("  " + ShownText.escape(signature.kind() + type));
        out.println("    in          " + signature.manifest() + ", layer " + signature.layer());
        if (signature.verified()) {
            out.println("    verified    " + ShownText.escape(signature.detail()));
            return;
        }
        String time = signature.time().map(said -> ", at " + said).orElse("");
        if (!signature.signatory().isEmpty()) {
            out.println("    says        made by " + ShownText.escape(signature.signatory() + time));
        }
        out.println("    not verified: " + ShownText.escape(signature.detail()));
    }

    static void write(JsonGenerator json, FoundSignatures found) {
        json.writeArrayPropertyStart("signatures");
        found.all().forEach(signature -> write(json, signature));
        json.writeEndArray();
        if (!found.problem().isEmpty()) {
            json.writeStringProperty("signaturesProblem", found.problem());
        }
    }

    private static void write(JsonGenerator json, FoundSignature signature) {
        json.writeStartObject();
        json.writeStringProperty("kind", signature.kind());
        if (!signature.predicateType().isEmpty()) {
            json.writeStringProperty("predicateType", signature.predicateType());
        }
        json.writeStringProperty("manifest", signature.manifest().toString());
        json.writeNumberProperty("layer", signature.layer());
        json.writeBooleanProperty("verified", signature.verified());
        if (!signature.signatory().isEmpty()) {
            json.writeStringProperty("signatory", signature.signatory());
        }
        signature.time().ifPresent(time -> json.writeStringProperty("time", time.toString()));
        json.writeStringProperty(signature.verified() ? "evidence" : "reason", signature.detail());
        json.writeEndObject();
    }
}
