/**
 * Images in objects of the Kubernetes API: in Pods, every built-in workload kind and custom resources, and in the two requests of
 * kube-apiserver, {@code ImageReview} of {@code imagepolicy.k8s.io/v1alpha1} and {@code AdmissionReview} of
 * {@code admission.k8s.io/v1}.
 *
 * <p>The same code reads JSON requests and manifests in JSON or YAML through an
 * {@link io.imagegate.syntax.Cursor}, so a webhook and a command line find the same images. It reads fields
 * by name and builds no objects for others. {@link io.imagegate.kubernetes.ObjectPlaces} makes a tree of the places of each kind,
 * along which an object is read. The {@code kind} of an object may come after its {@code spec}. Images are then collected at the
 * places of all kinds, and the kind selects among these at the end. Paths that only look similar, such as {@code f:containers} in
 * {@code managedFields}, are never entered.
 *
 * <p>The package does not depend on JSON, YAML or policies.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.kubernetes;

import org.jspecify.annotations.NullMarked;
