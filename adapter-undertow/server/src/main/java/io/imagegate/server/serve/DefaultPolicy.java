package io.imagegate.server.serve;

import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.rule.Rules;
import io.imagegate.webhook.PolicyWebhook;
import java.util.Locale;

/** What applies when nobody gave a policy: every image needs a fixed tag, and {@code latest} is not one. */
public final class DefaultPolicy {

    private DefaultPolicy() {}

    /**
     * The policy.
     *
     * @param language of its messages
     * @return a set that holds it alone
     */
    static PolicySet in(Locale language) {
        Policy policy = Policy.builder("default")
                .rule("fixed-tag", Rules.fixedTag())
                .locale(language)
                .build();
        return PolicySet.of(policy);
    }

    /**
     * A webhook that applies it.
     *
     * @param language of its messages
     * @return the webhook
     */
    public static PolicyWebhook webhook(Locale language) {
        PolicySet policies = in(language);
        return PolicyWebhook.of(() -> policies);
    }
}
