package io.imagegate.gate;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.policy.Gates;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.webhook.ClientNames;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.webhook.PolicyWebhookBuilder;
import io.imagegate.webhook.ReviewLimits;
import io.imagegate.webhook.WebhookKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a gate behind a web server or framework: where policies and registries are, paths, limits, and what happens if policies are
 * invalid at the start. An adapter reads the configuration of its framework into a {@linkplain #builder() builder}; what the settings
 * mean is the same in all. Immutable.
 *
 * <pre>{@code
 * GateSettings settings = GateSettings.builder()
 *         .locations(List.of("prod=policies/prod,dev=policies/dev"))
 *         .registries(Path.of("registries.yaml"))
 *         .build();
 * LiveGate gate = settings.open(LiveGate.builder().log(System.getLogger("imagegate")));
 * PolicyWebhook webhook = settings.webhook(gate).build();
 * boolean ready = gate.health().isReady();
 * }</pre>
 *
 * @since 0.1
 */
public final class GateSettings {

    private final PolicyLocations locations;
    private final Locale language;
    private final boolean strict;
    private final @Nullable Path registries;
    private final @Nullable LastGoodFolder lastGood;
    private final @Nullable String whyNoRegistries;
    private final boolean failFast;
    private final Map<String, WebhookKind> paths;
    private final ReviewLimits limits;
    private final ClientNames clientNames;
    private final Duration factTimeout;
    private final OptionalLong waitingBytes;

    GateSettings(GateSettingsBuilder from) {
        locations = from.locations;
        language = from.language;
        strict = from.strict;
        registries = from.registries;
        lastGood = from.lastGood;
        whyNoRegistries = from.whyNoRegistries;
        failFast = from.failFast;
        paths = from.paths.isEmpty() ? PolicyWebhook.DEFAULT_PATHS : new LinkedHashMap<>(from.paths);
        limits = from.limits;
        clientNames = from.clientNames;
        factTimeout = from.factTimeout;
        waitingBytes = from.waitingBytes;
    }

    /** {@return a builder, with the default policy and the default paths and limits} */
    public static GateSettingsBuilder builder() {
        return new GateSettingsBuilder();
    }

    /** {@return the paths of the webhook, in their order, without names of policies} */
    public List<String> paths() {
        return List.copyOf(paths.keySet());
    }

    /** {@return the limits of a review} */
    public ReviewLimits limits() {
        return limits;
    }

    /**
     * Opens the gate.
     *
     * @param builder what the program adds: log, listener, metrics, rules, a source of facts. The policies and registries of these
     *     settings replace its own
     * @return the gate; close it when it is no longer needed. Unless it {@linkplain GateSettingsBuilder#failFast fails fast}, it denies
     *     everything until policies are valid
     * @throws PolicyDocumentException if there is no such built-in policy, or the gate fails fast and a policy is invalid or missing
     * @throws GateException if the registries, whose file is not read again, are invalid, or an artifact that reads them or
     *     verifies signatures is there twice, or the one that reads them is missing
     * @throws IllegalStateException if no source or several own the digests of images
     */
    public LiveGate open(LiveGateBuilder builder) {
        builder.locations(locations);
        if (locations.isEmpty()) {
            builder.policies(PolicySet.of(Policy.byDefault(language)));
        }
        if (strict) {
            builder.documents(builder.documents.strict());
        }
        if (whyNoRegistries != null) {
            builder.withoutRegistries(whyNoRegistries);
        }
        if (registries != null) {
            builder.registries(registries);
        }
        if (lastGood != null) {
            builder.lastGood(lastGood.folder(), lastGood.version());
        }
        return failFast ? builder.open() : builder.openLater();
    }

    /**
     * {@return a builder of the webhook, as {@link #webhook(Collection)} makes it}
     *
     * @param gates the gates, such as a {@link LiveGate}
     */
    public PolicyWebhookBuilder webhook(Gates gates) {
        return webhook(gates.gates());
    }

    /**
     * {@return a builder of the webhook, with the paths and limits of these settings; policies with a name have it as the last segment
     * of their paths}
     *
     * @param gates the gates, as {@link LiveGate#gates()} has them
     * @throws IllegalArgumentException if two gates have the same name
     */
    public PolicyWebhookBuilder webhook(Collection<ImageGate> gates) {
        PolicyWebhookBuilder webhook =
                PolicyWebhook.builder().limits(limits).factTimeout(factTimeout).clientNames(clientNames);
        waitingBytes.ifPresent(webhook::waitingBytes);
        paths.forEach((path, kind) -> webhook.routes(kind, path, gates));
        return webhook;
    }
}
