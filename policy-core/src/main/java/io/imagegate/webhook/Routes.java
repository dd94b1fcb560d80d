package io.imagegate.webhook;

import io.imagegate.text.Copies;
import io.imagegate.text.SafeText;
import io.imagegate.wire.AnswerEncoder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a webhook by their paths, and what it refuses before it reads a body.
 *
 * <p>If a route's path is that of another, or of none, and the name of the route's gate, then a review that is POSTed to a
 * name without a gate beside it, or to the path above, is denied. 404 would let the API server admit what it asks about, if
 * the webhook's configuration has a spelling mistake and {@code failurePolicy: Ignore}.
 */
final class Routes {

    private final Map<String, Route> routes;
    /** The paths below which gates are named, with the kind of the webhook there. */
    private final Map<String, WebhookKind> parents;

    Routes(Map<String, Route> routes) {
        this.routes = Copies.of(routes);
        Map<String, WebhookKind> named = new HashMap<>();
        for (Route route : routes.values()) {
            if (route.isNamed() && named.putIfAbsent(route.parent(), route.kind()) == other(route.kind())) {
                throw new IllegalArgumentException("paths below \"" + route.parent()
                        + "\": expected them to be of either validating or mutating webhooks");
            }
        }
        this.parents = Copies.of(named);
    }

    private static WebhookKind other(WebhookKind kind) {
        return kind == WebhookKind.MUTATING ? WebhookKind.VALIDATING : WebhookKind.MUTATING;
    }

    /** {@return the route of a path, which denies everything if the path has none} */
    Route of(String path) {
        return find(path).orElseGet(() -> missing(path));
    }

    static Route missing(String path) {
        return Route.denying(WebhookKind.VALIDATING, path, "path " + SafeText.quote(path, 100) + " not found");
    }

    /** {@return the route of a path; empty if the answer is 404} */
    Optional<Route> find(String path) {
        Route route = routes.get(path);
        if (route != null) {
            return Optional.of(route);
        }
        WebhookKind unnamed = parents.get(path);
        if (unnamed != null) {
            return Optional.of(
                    Route.denying(unnamed, path, "the path " + SafeText.quote(path, 100) + " names no policy"));
        }
        int slash = path.lastIndexOf('/');
        WebhookKind misnamed = slash < 0 ? null : parents.get(path.substring(0, slash));
        String name = path.substring(slash + 1);
        return misnamed == null || !isPlain(name)
                ? Optional.empty()
                : Optional.of(
                        Route.denying(misnamed, path, "there is no policy with the name " + SafeText.quote(name, 100)));
    }

    /** {@return whether nobody reads a segment of a path as anything but itself} */
    private static boolean isPlain(String segment) {
        return !segment.isEmpty()
                && !segment.equals(".")
                && !segment.equals("..")
                && segment.indexOf('%') < 0
                && segment.indexOf(';') < 0;
    }

    /** {@return the answer 404, 405 or 415; null if the body must be read} */
    static @Nullable Answer refusal(boolean found, String method, String path, @Nullable String contentType) {
        if (!found) {
            return Answers.status(404, "NotFound", "path " + SafeText.quote(path, 100) + " not found");
        }
        if (!method.equals("POST")) {
            String message = "method " + SafeText.quote(method, 20) + " not allowed, expected POST";
            return Answer.json(405, AnswerEncoder.status(405, "MethodNotAllowed", message), "Allow", "POST");
        }
        if (!isJson(contentType)) {
            return Answers.status(
                    415,
                    "UnsupportedMediaType",
                    "media type " + (contentType == null ? "missing" : SafeText.quote(contentType, 100))
                            + ", expected application/json");
        }
        return null;
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
