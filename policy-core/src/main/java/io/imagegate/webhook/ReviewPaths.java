package io.imagegate.webhook;

import io.imagegate.admission.ReviewStage;
import io.imagegate.text.Copies;
import io.imagegate.text.SafeText;
import io.imagegate.wire.AnswerEncoder;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Paths of a webhook, and what it refuses before it reads a body.
 *
 * @param validating the paths of reviews whose answers change nothing
 * @param mutating the paths of reviews whose answers may patch an object
 */
record ReviewPaths(Set<String> validating, Set<String> mutating) {

    ReviewPaths {
        validating = Copies.of(validating);
        mutating = Copies.of(mutating);
    }

    ReviewStage stage(String path) {
        return mutating.contains(path) ? ReviewStage.MUTATING : ReviewStage.VALIDATING;
    }

    Optional<Answer> refuse(String method, String path, @Nullable String contentType) {
        if (!validating.contains(path) && !mutating.contains(path)) {
            return Optional.of(Answers.status(404, "NotFound", "path " + SafeText.quote(path, 100) + " not found"));
        }
        if (!method.equals("POST")) {
            String message = "method " + SafeText.quote(method, 20) + " not allowed, expected POST";
            return Optional.of(
                    Answer.json(405, AnswerEncoder.status(405, "MethodNotAllowed", message), "Allow", "POST"));
        }
        if (!isJson(contentType)) {
            return Optional.of(Answers.status(
                    415,
                    "UnsupportedMediaType",
                    "media type " + (contentType == null ? "missing" : SafeText.quote(contentType, 100))
                            + ", expected application/json"));
        }
        return Optional.empty();
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int end = contentType.indexOf(';');
        String type = end < 0 ? contentType : contentType.substring(0, end);
        return type.strip().toLowerCase(Locale.ROOT).equals("application/json");
    }
}
