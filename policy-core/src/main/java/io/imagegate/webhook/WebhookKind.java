package io.imagegate.webhook;

/**
 * Kind of a webhook, which says whether its answers may patch objects.
 *
 * @since 0.1
 */
public enum WebhookKind {
    /** Answers allow or deny. An ImagePolicyWebhook and a validating admission webhook are of this kind. */
    VALIDATING,
    /** Answers also patch images, as the {@link io.imagegate.policy.Mutation} of the policies says. */
    MUTATING
}
