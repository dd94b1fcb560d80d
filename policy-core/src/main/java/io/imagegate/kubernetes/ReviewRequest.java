package io.imagegate.kubernetes;

/**
 * Request of kube-apiserver: one of the two kinds of review.
 *
 * @since 0.1
 */
public sealed interface ReviewRequest permits ImageReviewRequest, AdmissionRequest {}
