package io.imagegate.wire;

import io.imagegate.kubernetes.ReviewReader;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes answers to kube-apiserver: the {@code ImageReview} with its status, the {@code AdmissionReview} with its
 * response, and the {@code Status} of meta/v1 for requests that are not answered by a review. The output is one line in
 * UTF-8. Thread-safe.
 *
 * @since 0.1
 */
public final class AnswerEncoder {

    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private AnswerEncoder() {}

    interface Content {
        void write(JsonGenerator json);
    }

    /**
     * Writes an {@code ImageReview} of {@code imagepolicy.k8s.io/v1alpha1} with its status.
     *
     * @param allowed whether the images may run
     * @param reason why not; omitted if empty
     * @param auditAnnotations for the audit log, without a prefix; omitted if empty
     * @return the JSON text
     */
    public static byte[] imageReview(boolean allowed, String reason, Map<String, String> auditAnnotations) {
        return encodeObject(json -> {
            json.writeStringProperty("kind", ReviewReader.IMAGE_REVIEW);
            json.writeStringProperty("apiVersion", ReviewReader.IMAGE_REVIEW_VERSION);
            json.writeObjectPropertyStart("status");
            json.writeBooleanProperty("allowed", allowed);
            if (!reason.isEmpty()) {
                json.writeStringProperty("reason", reason);
            }
            auditAnnotations(json, auditAnnotations);
            json.writeEndObject();
        });
    }

    /**
     * Writes an {@code AdmissionReview} of {@code admission.k8s.io/v1} with its response.
     *
     * @param uid the request's uid
     * @param allowed whether the request is admitted
     * @param reason why not; shown to the user; omitted if allowed
     * @param warnings shown to the user by kubectl; cut to the API server's limits, 256 bytes each and 4,096 in total
     * @param auditAnnotations for the audit log, without a prefix; omitted if empty
     * @param patch changes the object; omitted if it is empty
     * @return the JSON text
     */
    public static byte[] admissionReview(
            String uid,
            boolean allowed,
            String reason,
            List<String> warnings,
            Map<String, String> auditAnnotations,
            JsonPatch patch) {
        return encodeObject(json -> {
            json.writeStringProperty("kind", ReviewReader.ADMISSION_REVIEW);
            json.writeStringProperty("apiVersion", ReviewReader.ADMISSION_REVIEW_VERSION);
            json.writeObjectPropertyStart("response");
            json.writeStringProperty("uid", uid);
            json.writeBooleanProperty("allowed", allowed);
            if (!allowed) {
                json.writeObjectPropertyStart("status");
                json.writeStringProperty("message", reason);
                json.writeStringProperty("reason", "Forbidden");
                json.writeNumberProperty("code", 403);
                json.writeEndObject();
            }
            if (!warnings.isEmpty()) {
                json.writeArrayPropertyStart("warnings");
                Warnings.fit(warnings).forEach(json::writeString);
                json.writeEndArray();
            }
            auditAnnotations(json, auditAnnotations);
            if (!patch.isEmpty()) {
                json.writeStringProperty("patchType", "JSONPatch");
                json.writeStringProperty("patch", Base64.getEncoder().encodeToString(patch.encode()));
            }
            json.writeEndObject();
        });
    }

    /**
     * Writes a {@code Status} of meta/v1, whose message kubectl shows.
     *
     * @param code the HTTP status
     * @param reason the machine-readable reason, such as {@code BadRequest}
     * @param message the message for people
     * @return the JSON text
     */
    public static byte[] status(int code, String reason, String message) {
        return encodeObject(json -> {
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

    private static void auditAnnotations(JsonGenerator json, Map<String, String> annotations) {
        if (!annotations.isEmpty()) {
            json.writeObjectPropertyStart("auditAnnotations");
            annotations.forEach(json::writeStringProperty);
            json.writeEndObject();
        }
    }

    private static byte[] encodeObject(Content content) {
        return encode(json -> {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        });
    }

    static byte[] encode(Content content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            content.write(json);
        }
        return out.toByteArray();
    }
}
