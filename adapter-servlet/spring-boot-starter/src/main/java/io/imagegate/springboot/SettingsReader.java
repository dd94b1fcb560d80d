package io.imagegate.springboot;

import io.imagegate.gate.GateSettings;
import io.imagegate.gate.GateSettingsBuilder;
import io.imagegate.webhook.ReviewLimits;
import io.imagegate.webhook.WebhookKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.util.unit.DataSize;

/** Reads the properties as settings; an invalid value is refused with the name of its property. */
final class SettingsReader {

    static final String POLICY = "imagegate.policy";
    static final String POLICIES = "imagegate.policies.";
    static final String REGISTRIES = "imagegate.registries";
    static final String CLIENT_NAMES = "imagegate.client-names";
    static final String LOCATION = "a file, a folder or a built-in policy such as builtin:baseline";

    private static final String PATHS = "imagegate.webhook.paths";
    private static final String FILE = "file:";
    private static final Pattern RESOURCE = Pattern.compile("(?:classpath\\*?|https?|jar|war):.*", Pattern.DOTALL);

    private final GateSettingsBuilder settings = GateSettings.builder();

    private SettingsReader() {}

    /**
     * Reads the properties.
     *
     * @throws StartFailure if one is invalid
     */
    static GateSettings read(ImagegateProperties properties) {
        SettingsReader reader = new SettingsReader();
        reader.policies(properties);
        if (properties.webhook().enabled()) {
            reader.webhook(properties.webhook());
        }
        return reader.settings.build();
    }

    private void policies(ImagegateProperties properties) {
        settings.failFast(properties.failFast())
                .withoutRegistries("this needs the property " + REGISTRIES + ", the file of the registries to ask");
        if (!properties.policy().isEmpty()) {
            settings.policies(locations(POLICY, properties.policy()));
        }
        properties
                .policies()
                .forEach((name, locations) -> StartFailure.naming(
                        POLICIES + name, () -> settings.named(name, locations(POLICIES + name, locations))));
        String clientNames = properties.clientNames();
        if (clientNames != null) {
            StartFailure.naming(CLIENT_NAMES, () -> settings.clientNames(List.of(clientNames)));
        }
        String registries = properties.registries();
        if (registries != null) {
            settings.registries(StartFailure.naming(
                    REGISTRIES, () -> Path.of(location(registries, "a file of kind ImageRegistries"))));
        }
    }

    private static String[] locations(String property, List<String> values) {
        return values.stream()
                .map(value -> StartFailure.naming(property, () -> location(value, LOCATION)))
                .toArray(String[]::new);
    }

    /** {@return the name of a file, which may be written as Spring writes it} */
    private static String location(String value, String expected) {
        String name = value.strip();
        if (name.startsWith(FILE)) {
            name = name.substring(FILE.length());
        }
        if (name.isEmpty() || RESOURCE.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
            throw new IllegalArgumentException("\"" + value + "\": expected " + expected
                    + "; files are followed, so resources of the class path cannot be used");
        }
        return name;
    }

    private void webhook(ImagegateProperties.Webhook webhook) {
        ImagegateProperties.Paths paths = webhook.paths();
        path("image-policy", WebhookKind.VALIDATING, paths.imagePolicy());
        path("validate", WebhookKind.VALIDATING, paths.validate());
        path("mutate", WebhookKind.MUTATING, paths.mutate());
        if (paths.imagePolicy().isEmpty()
                && paths.validate().isEmpty()
                && paths.mutate().isEmpty()) {
            throw new StartFailure(
                    PATHS + ": expected at least one path, got none.",
                    "Set one, or set imagegate.webhook.enabled=false.",
                    null);
        }
        StartFailure.naming("imagegate.webhook.fact-timeout", () -> settings.factTimeout(webhook.factTimeout()));
        StartFailure.naming("imagegate.webhook.limits", () -> limits(webhook.limits()));
    }

    private void path(String name, WebhookKind kind, String path) {
        if (!path.isEmpty()) {
            StartFailure.naming(PATHS + "." + name, () -> settings.path(kind, path));
        }
    }

    private GateSettingsBuilder limits(ImagegateProperties.Limits limits) {
        DataSize waiting = limits.waitingSize();
        if (waiting != null) {
            settings.waitingBytes(waiting.toBytes());
        }
        return settings.limits(ReviewLimits.DEFAULTS
                .withBodyBytes((int) Math.min(limits.bodySize().toBytes(), Integer.MAX_VALUE))
                .withImages(limits.images())
                .withAnnotations(limits.annotations())
                .withStringChars(limits.stringLength())
                .withNesting(limits.nesting()));
    }
}
