package io.imagegate.server;

import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.rule.Rules;
import io.imagegate.webhook.PolicyWebhook;
import java.util.Locale;

/** What applies when nobody gave a policy: every image needs a fixed tag, and {@code latest} is not one. */
final class DefaultPolicy {

    private DefaultPolicy() {}

    /**
     * A webhook that applies it.
     *
     * @param language of its messages
     * @return the webhook
     */
    static PolicyWebhook webhook(Locale language) {
        Policy policy = Policy.builder("default")
                .rule("fixed-tag", Rules.fixedTag())
                .locale(language)
                .build();
        PolicySet policies = PolicySet.of(policy);
        return PolicyWebhook.of(() -> policies);
    }
}
