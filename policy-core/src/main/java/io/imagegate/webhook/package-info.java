/**
 * The webhook protocol without a web server: bytes in, an {@link io.imagegate.webhook.Answer} out. An adapter copies
 * requests and answers; everything that is decided about them is decided here.
 *
 * <p>The webhook fails closed. kube-apiserver takes every answer that is not 2xx for a failure of the webhook, and
 * admits the pod when it is configured with {@code defaultAllow: true}. So whatever is POSTed to a review path gets
 * {@code 200} and a decision, be it a body that is malformed or over a limit; only an {@code AdmissionReview} whose
 * {@code uid} could not be read cannot be answered, and gets {@code 400}. What is decided about either kind of review is
 * told by {@link io.imagegate.admission.Judgement}.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.webhook;

import org.jspecify.annotations.NullMarked;
