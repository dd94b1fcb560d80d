package io.imagegate.kubernetes;

/**
 * What kube-apiserver asks: one of the two kinds of review.
 *
 * @since 0.1
 */
public sealed interface ReviewRequest permits ImageReviewRequest, AdmissionRequest {}
