package io.imagegate.springboot;

import static io.imagegate.springboot.ImagegateProperties.PATHS;

import io.imagegate.gate.LiveGate;
import io.imagegate.policy.ImageGate;
import io.imagegate.webhook.PolicyWebhookBuilder;
import io.imagegate.webhook.WebhookKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The paths of the webhook, and of the policies with names below them. */
final class WebhookPaths {

    private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");

    private final Map<String, WebhookKind> kinds = new LinkedHashMap<>();

    /**
     * Reads the paths.
     *
     * @throws StartFailure if there is none, one is there twice, or one cannot be asked for
     */
    WebhookPaths(ImagegateProperties.Paths paths) {
        add("image-policy", WebhookKind.VALIDATING, paths.imagePolicy());
        add("validate", WebhookKind.VALIDATING, paths.validate());
        add("mutate", WebhookKind.MUTATING, paths.mutate());
        if (kinds.isEmpty()) {
            throw new StartFailure(
                    PATHS + ": expected at least one path, got none.",
                    "Set one, or set imagegate.webhook.enabled=false.",
                    null);
        }
    }

    private void add(String name, WebhookKind kind, String path) {
        if (path.isEmpty()) {
            return;
        }
        StartFailure.naming(PATHS + "." + name, () -> {
            if (!PATH.matcher(path).matches()) {
                throw new IllegalArgumentException(
                        "\"" + path
                                + "\": expected \"/\" and letters, digits, \"-\", \"_\", \".\" and \"~\", once or several times");
            }
            if (kinds.putIfAbsent(path, kind) != null) {
                throw new IllegalArgumentException("\"" + path + "\": expected another path for each property");
            }
            return path;
        });
    }

    /** Gives the webhook a route for each path and gate. */
    void addTo(PolicyWebhookBuilder webhook, List<ImageGate> gates) {
        kinds.forEach((path, kind) ->
                gates.forEach(gate -> webhook.route(kind, isNamed(gate) ? path + "/" + gate.name() : path, gate)));
    }

    /** {@return the patterns by which a servlet container finds the webhook: also for names that no policies have, which are denied} */
    List<String> mappings(LiveGate gate) {
        boolean named = gate.gates().stream().anyMatch(WebhookPaths::isNamed);
        List<String> mappings = new ArrayList<>(kinds.keySet());
        if (named) {
            kinds.keySet().forEach(path -> mappings.add(path + "/*"));
        }
        return mappings;
    }

    private static boolean isNamed(ImageGate gate) {
        return !gate.name().equals(ImageGate.DEFAULT_NAME);
    }
}
