/**
 * Objects of the Kubernetes API, as far as images go: where a Pod and every built-in workload kind name images, and the
 * two requests in which kube-apiserver asks about them, {@code ImageReview} of {@code imagepolicy.k8s.io/v1alpha1} and
 * {@code AdmissionReview} of {@code admission.k8s.io/v1}.
 *
 * <p>One walker reads them all, from whatever can be walked by an {@link io.imagegate.kubernetes.ObjectCursor}: the
 * JSON of a request, a manifest in JSON or in YAML. So a webhook and a command line find the same images at the same
 * places. The walker asks for fields by name and builds nothing for what it does not ask for. As the {@code kind} of an
 * object may stand behind its {@code spec}, images are collected at every path where a kind could have them, and the
 * kind chooses among these in the end; a path that only looks like one, such as the {@code f:containers} of
 * {@code managedFields}, is never entered.
 *
 * <p>The package knows neither JSON nor YAML nor policies.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.kubernetes;

import org.jspecify.annotations.NullMarked;
