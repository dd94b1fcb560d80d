/**
 * The webhook protocol without a web server: bytes in, an {@link io.imagegate.webhook.Answer} out. Adapters only copy
 * requests and answers.
 *
 * <p>The webhook fails closed. kube-apiserver treats every answer that is not 2xx as a failure of the webhook, and with
 * {@code defaultAllow: true} admits the pod. Every body that is POSTed to a review path therefore gets {@code 200} and
 * a decision, even if it is malformed or over a limit. The exception is an {@code AdmissionReview} whose {@code uid}
 * cannot be read: it gets {@code 400}.
 *
 * <p>Each path has a gate. Where gates are named by the last segments of their paths, a name that no gate has is a review
 * path, too, which denies everything; see {@link io.imagegate.webhook.PolicyWebhookBuilder#route}.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.webhook;

import org.jspecify.annotations.NullMarked;
