/**
 * Tests of what an operator applies: {@link io.imagegate.examples.kubernetes.Manifests} reads the files,
 * {@link io.imagegate.examples.kubernetes.KubernetesModel} says whether Kubernetes would take them, and the tests say
 * whether they belong together. A file is tested as it lies here and as {@code kubectl kustomize} delivers it.
 */
@NullMarked
package io.imagegate.examples.kubernetes;

import org.jspecify.annotations.NullMarked;
