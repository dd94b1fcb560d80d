package io.imagegate.wire;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes what kube-apiserver reads: the {@code ImageReview} with its status, and the {@code Status} of meta/v1 for a
 * request that is not answered by a review. All output is UTF-8 and one line. Thread-safe.
 */
public final class AnswerEncoder {

    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private AnswerEncoder() {}

    private interface Content {
        void write(JsonGenerator json);
    }

    /**
     * An {@code ImageReview} of {@code imagepolicy.k8s.io/v1alpha1} that answers.
     *
     * @param allowed whether the images may run
     * @param reason why not; an empty one is left out
     * @param auditAnnotations for the audit log, without a prefix; none are left out
     * @return the JSON text
     */
    public static byte[] imageReview(boolean allowed, String reason, Map<String, String> auditAnnotations) {
        return encode(json -> {
            json.writeStringProperty("kind", ReviewDecoder.KIND);
            json.writeStringProperty("apiVersion", ReviewDecoder.API_VERSION);
            json.writeObjectPropertyStart("status");
            json.writeBooleanProperty("allowed", allowed);
            if (!reason.isEmpty()) {
                json.writeStringProperty("reason", reason);
            }
            if (!auditAnnotations.isEmpty()) {
                json.writeObjectPropertyStart("auditAnnotations");
                auditAnnotations.forEach(json::writeStringProperty);
                json.writeEndObject();
            }
            json.writeEndObject();
        });
    }

    /**
     * A {@code Status} of meta/v1, whose message kubectl shows.
     *
     * @param code the HTTP status
     * @param reason the machine-readable reason, such as {@code BadRequest}
     * @param message the sentence for people
     * @return the JSON text
     */
    public static byte[] status(int code, String reason, String message) {
        return encode(json -> {
            json.writeStringProperty("kind", "Status");
            json.writeStringProperty("apiVersion", "v1");
            json.writeObjectPropertyStart("metadata");
            json.writeEndObject();
            json.writeStringProperty("status", "Failure");
            json.writeStringProperty("message", message);
            json.writeStringProperty("reason", reason);
            json.writeNumberProperty("code", code);
        });
    }

    private static byte[] encode(Content content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        }
        return out.toByteArray();
    }
}
