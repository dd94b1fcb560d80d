package io.imagegate.kubernetes;

/** What kube-apiserver asks: one of the two kinds of review. */
public sealed interface ReviewRequest permits ImageReviewRequest, AdmissionRequest {}
