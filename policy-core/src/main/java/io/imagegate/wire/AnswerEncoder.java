package io.imagegate.wire;

import io.imagegate.kubernetes.ReviewReader;
import io.imagegate.syntax.JsonOutput;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Writes answers to kube-apiserver: the {@code ImageReview} with its status, the {@code AdmissionReview} with its
 * response, and the {@code Status} of meta/v1 for requests that are not answered by a review. The output is one line in
 * UTF-8. Thread-safe.
 *
 * @since 0.1
 */
public final class AnswerEncoder {

    private AnswerEncoder() {}

    /**
     * Writes an {@code ImageReview} of {@code imagepolicy.k8s.io/v1alpha1} with its status.
     *
     * @param allowed whether the images may run
     * @param reason why not; omitted if empty
     * @param auditAnnotations for the audit log, without a prefix; omitted if empty
     * @return the JSON text
     */
    public static byte[] imageReview(boolean allowed, String reason, Map<String, String> auditAnnotations) {
        return JsonOutput.encode(0, json -> {
            begin(json, ReviewReader.IMAGE_REVIEW, ReviewReader.IMAGE_REVIEW_VERSION)
                    .name("status")
                    .beginObject()
                    .field("allowed", allowed);
            if (!reason.isEmpty()) {
                json.field("reason", reason);
            }
            auditAnnotations(json, auditAnnotations);
            json.endObject().endObject();
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
        List<String> shown = Warnings.fit(warnings);
        String encodedPatch = patch.isEmpty() ? "" : Base64.getEncoder().encodeToString(patch.encode());
        return JsonOutput.encode(0, json -> {
            begin(json, ReviewReader.ADMISSION_REVIEW, ReviewReader.ADMISSION_REVIEW_VERSION)
                    .name("response")
                    .beginObject()
                    .field("uid", uid)
                    .field("allowed", allowed);
            if (!allowed) {
                json.name("status")
                        .beginObject()
                        .field("message", reason)
                        .field("reason", "Forbidden")
                        .field("code", 403)
                        .endObject();
            }
            if (!warnings.isEmpty()) {
                json.name("warnings").beginArray();
                shown.forEach(json::string);
                json.endArray();
            }
            auditAnnotations(json, auditAnnotations);
            if (!patch.isEmpty()) {
                json.field("patchType", "JSONPatch").field("patch", encodedPatch);
            }
            json.endObject().endObject();
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
        return JsonOutput.encode(
                0,
                json -> begin(json, "Status", "v1")
                        .name("metadata")
                        .beginObject()
                        .endObject()
                        .field("status", "Failure")
                        .field("message", message)
                        .field("reason", reason)
                        .field("code", code)
                        .endObject());
    }

    private static JsonOutput begin(JsonOutput json, String kind, String apiVersion) {
        return json.beginObject().field("kind", kind).field("apiVersion", apiVersion);
    }

    private static void auditAnnotations(JsonOutput json, Map<String, String> annotations) {
        if (!annotations.isEmpty()) {
            json.name("auditAnnotations").beginObject();
            annotations.forEach(json::field);
            json.endObject();
        }
    }
}
