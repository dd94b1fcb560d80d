/**
 * The bytes that kube-apiserver sends and expects: {@code ImageReview} of {@code imagepolicy.k8s.io/v1alpha1},
 * {@code AdmissionReview} of {@code admission.k8s.io/v1} and the {@code Status} of failed requests, read and written as
 * streams of JSON (RFC 8259) without building objects for what is not needed.
 *
 * <p>Reading is lenient where the API is (unknown fields, nulls, missing fields, any order) and strict where leniency
 * could hide an image: a field that comes twice, bytes behind the object and anything over a
 * {@linkplain io.imagegate.wire.WireLimits limit} are refused. It passes over most of a request, such as
 * {@code managedFields} and {@code status}; that is checked in full, at the speed of memory, and nothing is allocated
 * for it. {@link io.imagegate.syntax.JsonCursor} does that; {@link io.imagegate.syntax.JsonOutput} writes answers, and allocates
 * nothing but them.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.wire;

import org.jspecify.annotations.NullMarked;
