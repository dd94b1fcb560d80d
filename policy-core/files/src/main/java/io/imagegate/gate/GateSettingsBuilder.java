package io.imagegate.gate;

import io.imagegate.policy.ImageGate;
import io.imagegate.webhook.ClientNames;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.webhook.ReviewLimits;
import io.imagegate.webhook.WebhookKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Builds {@link GateSettings}. Methods reject invalid values immediately, so that an adapter can name the setting with the mistake. Not
 * thread-safe.
 *
 * @since 0.1
 */
public final class GateSettingsBuilder {

    private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+");

    PolicyLocations locations = PolicyLocations.NONE;
    Locale language = Locale.ENGLISH;
    boolean strict;

    @Nullable
    Path registries;

    @Nullable
    LastGoodFolder lastGood;

    @Nullable
    String whyNoRegistries;

    boolean failFast;
    ReviewLimits limits = ReviewLimits.DEFAULTS;
    ClientNames clientNames = ClientNames.ANY;
    Duration factTimeout = ImageGate.DEFAULT_LIMIT;
    OptionalLong waitingBytes = OptionalLong.empty();

    /** Empty: the default ones. */
    final Map<String, WebhookKind> paths = new LinkedHashMap<>();

    GateSettingsBuilder() {}

    /**
     * Sets where the policies without a name come from. All must allow. Without any policies there is the
     * {@linkplain io.imagegate.policy.Policy#byDefault() default policy}.
     *
     * @param names at least one name of a file or folder, or of a built-in policy such as {@code builtin:baseline}
     * @return this
     * @throws IllegalArgumentException if there is none
     */
    public GateSettingsBuilder policies(String... names) {
        locations = locations.withUnnamed(List.of(names));
        return this;
    }

    /**
     * Sets where policies with a name come from, as {@link LiveGateBuilder#named} does.
     *
     * @param name at most 63 of {@code a-z}, {@code 0-9} and {@code -}, a letter or digit at both ends, and not
     *     {@link ImageGate#DEFAULT_NAME}
     * @param names at least one name of a file or folder, or of a built-in policy; all must allow
     * @return this
     * @throws IllegalArgumentException if the name is of another form, or there is no location
     */
    public GateSettingsBuilder named(String name, String... names) {
        locations = locations.withNamed(name, List.of(names));
        return this;
    }

    /**
     * Sets where all policies come from, as users write it in one option or setting: {@code prod=policies/prod,dev=policies/dev}.
     *
     * @param lists at least one list, as {@link LiveGateBuilder#locations(List)} takes it
     * @return this
     * @throws IllegalArgumentException if there is no list, or a name or a location is missing or of another form
     */
    public GateSettingsBuilder locations(List<String> lists) {
        locations = PolicyLocations.parse(lists);
        return this;
    }

    /**
     * Sets the language of the default policy; English unless set. Policies of files have the messages that are written there.
     *
     * @param locale the language
     * @return this
     */
    public GateSettingsBuilder language(Locale locale) {
        language = Objects.requireNonNull(locale, "language");
        return this;
    }

    /**
     * Sets whether policies with probable mistakes are refused, as {@link io.imagegate.document.PolicyDocuments#strict()} does; they are
     * only warned of unless set.
     *
     * @param refused whether they are refused
     * @return this
     */
    public GateSettingsBuilder strict(boolean refused) {
        strict = refused;
        return this;
    }

    /**
     * Sets the registries that are asked about the content of images; none unless set.
     *
     * @param file file of kind ImageRegistries, which is read once
     * @return this
     */
    public GateSettingsBuilder registries(Path file) {
        registries = Objects.requireNonNull(file, "registries");
        return this;
    }

    /**
     * Keeps the last accepted set in a folder, as {@link LiveGateBuilder#lastGood} does; none unless set.
     *
     * @param folder the folder, which no other gate uses
     * @param version of the program
     * @return this
     */
    public GateSettingsBuilder lastGood(Path folder, String version) {
        lastGood = new LastGoodFolder(folder, version);
        return this;
    }

    /**
     * Sets what a gate without registries says of policies that need them.
     *
     * @param why what its user has to do; the end of the message about a rule, such as "this needs --registries FILE"
     * @return this
     */
    public GateSettingsBuilder withoutRegistries(String why) {
        whyNoRegistries = Objects.requireNonNull(why, "why");
        return this;
    }

    /**
     * Sets whether a gate whose policies are missing or invalid is not opened. Unless set, it is opened, and denies everything until they
     * are valid.
     *
     * @param fails whether it is not opened
     * @return this
     */
    public GateSettingsBuilder failFast(boolean fails) {
        failFast = fails;
        return this;
    }

    /**
     * Adds a path of the webhook; unless one is added, there are the {@linkplain PolicyWebhook#DEFAULT_PATHS usual ones}. Policies with a
     * name are below each: {@code /validate/NAME}.
     *
     * @param kind says whether answers may patch objects
     * @param path {@code /} and letters, digits, {@code -}, {@code _}, {@code .} and {@code ~}, once or several times
     * @return this
     * @throws IllegalArgumentException if it is of another form, or was added before
     */
    public GateSettingsBuilder path(WebhookKind kind, String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("\"" + path
                    + "\": expected \"/\" and letters, digits, \"-\", \"_\", \".\" and \"~\", once or several times");
        }
        if (paths.putIfAbsent(path, Objects.requireNonNull(kind, "kind")) != null) {
            throw new IllegalArgumentException("\"" + path + "\": expected another path for each property");
        }
        return this;
    }

    /**
     * Sets which clients may ask the webhook, as users write it in one option or setting:
     * {@code kube-apiserver,prod=cn:prod-apiserver}; any unless set.
     *
     * @param lists names that clients need in their certificates, as {@link ClientNames#parse} takes them
     * @return this
     * @throws IllegalArgumentException if a name is missing or of another form
     */
    public GateSettingsBuilder clientNames(List<String> lists) {
        clientNames = ClientNames.parse(lists);
        return this;
    }

    /**
     * Sets the limits of reviews; {@link ReviewLimits#DEFAULTS} unless set.
     *
     * @param reviewLimits the limits
     * @return this
     */
    public GateSettingsBuilder limits(ReviewLimits reviewLimits) {
        limits = Objects.requireNonNull(reviewLimits, "limits");
        return this;
    }

    /**
     * Sets how long after the arrival of its request a review waits for facts at most; {@link ImageGate#DEFAULT_LIMIT} unless set.
     *
     * @param limit the time; positive
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public GateSettingsBuilder factTimeout(Duration limit) {
        PolicyWebhook.builder().factTimeout(limit); // It has the check.
        factTimeout = limit;
        return this;
    }

    /**
     * Sets the memory for reviews that wait for facts, as {@link io.imagegate.webhook.PolicyWebhookBuilder#waitingBytes} does; an eighth of
     * the heap unless set.
     *
     * @param bytes the memory; positive
     * @return this
     * @throws IllegalArgumentException if it is not positive
     */
    public GateSettingsBuilder waitingBytes(long bytes) {
        PolicyWebhook.builder().waitingBytes(bytes); // It has the check.
        waitingBytes = OptionalLong.of(bytes);
        return this;
    }

    /** {@return the settings} */
    public GateSettings build() {
        return new GateSettings(this);
    }
}
