package io.imagegate.console;

import io.imagegate.webhook.ReviewEvent;
import io.imagegate.webhook.WebhookKind;

/** What kubectl prints when a request is denied. The name of the webhook is that of the manifests in examples/kubernetes. */
final class KubectlText {

    private static final String FORBIDDEN = "Error from server (Forbidden): ";
    private static final String WEBHOOK = "images.imagegate.io";

    private KubectlText() {}

    /** {@return what stands before the reason, in the protocol of a request} */
    static String before(ReviewEvent event) {
        return event.protocol().equals("ImageReview") ? imagePolicyWebhook() : admissionWebhook(event.webhook());
    }

    /** {@return what stands before the reason if ImagePolicyWebhook denies a pod, whose name it does not tell} */
    static String imagePolicyWebhook() {
        return FORBIDDEN + "pods \"POD\" is forbidden: image policy webhook backend denied one or more images: ";
    }

    /** {@return what stands before the reason if an admission webhook denies an object} */
    static String admissionWebhook(WebhookKind kind) {
        String name = kind == WebhookKind.MUTATING ? "mutate." + WEBHOOK : WEBHOOK;
        return FORBIDDEN + "admission webhook \"" + name + "\" denied the request: ";
    }
}
