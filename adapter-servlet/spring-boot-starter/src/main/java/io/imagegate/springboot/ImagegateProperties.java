package io.imagegate.springboot;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of Imagegate. One that does not exist is refused.
 *
 * @param policy Files, folders and built-in policies, such as builtin:baseline. All must allow.
 * @param policies Files, folders and built-in policies by the name of the policies, for several clusters. The name is the last segment of
 *     the paths, such as /validate/NAME.
 * @param registries File of kind ImageRegistries: the registries that rules on the content of images may ask. It is read once.
 * @param clientNames Names that clients of the webhook need in their TLS certificates, with commas between them, such as cn:kube-apiserver.
 *     Behind POLICIES= they are for the policies of that name alone. Any client may ask unless set.
 * @param failFast Whether the application does not start if the policies are invalid. Otherwise it denies everything until they are valid.
 * @param webhook The webhook.
 */
@ConfigurationProperties(prefix = "imagegate", ignoreUnknownFields = false)
record ImagegateProperties(
        @DefaultValue List<String> policy,
        @DefaultValue Map<String, List<String>> policies,
        @Nullable String registries,
        @Nullable String clientNames,
        @DefaultValue("true") boolean failFast,
        @DefaultValue Webhook webhook) {

    /**
     * Settings of the webhook.
     *
     * @param enabled Whether the application answers reviews.
     * @param paths The paths.
     * @param factTimeout How long a review waits for facts about its images at most.
     * @param limits The limits on reviews.
     */
    record Webhook(
            @DefaultValue("true") boolean enabled,
            @DefaultValue Paths paths,
            @DefaultValue("8s") Duration factTimeout,
            @DefaultValue Limits limits) {}

    /**
     * Paths below the context path. An empty one is not answered.
     *
     * @param imagePolicy Path for ImagePolicyWebhook.
     * @param validate Path for validating admission webhooks.
     * @param mutate Path for mutating admission webhooks.
     */
    record Paths(
            @DefaultValue("/image_policy") String imagePolicy,
            @DefaultValue("/validate") String validate,
            @DefaultValue("/mutate") String mutate) {}

    /**
     * Limits on reviews. A review over a limit is denied.
     *
     * @param bodySize Longest body of a review.
     * @param images Most images in a review.
     * @param annotations Most annotations in a review.
     * @param stringLength Longest text that is kept, in UTF-16 units.
     * @param nesting Deepest nesting of objects and arrays.
     * @param waitingSize Memory for reviews that wait for facts. An eighth of the heap by default.
     */
    record Limits(
            @DefaultValue("8MB") DataSize bodySize,
            @DefaultValue("1000") int images,
            @DefaultValue("1000") int annotations,
            @DefaultValue("262144") int stringLength,
            @DefaultValue("100") int nesting,
            @Nullable DataSize waitingSize) {}
}
