/**
 * Policy files in YAML or JSON, and live reload. {@link io.imagegate.document.PolicyDocuments} reads
 * them. All mistakes are reported in one {@link io.imagegate.document.PolicyDocumentException}, each
 * {@linkplain io.imagegate.document.DocumentProblem problem} with file, line, column, what is wrong and what was
 * expected.
 *
 * <p>This package has what programs use. The readers are in packages below, which are not exported: {@code yaml} (values that
 * know their position), {@code file} (policy files, and files that they name), {@code pattern}, {@code signer} and {@code rule}
 * (one small reader for each part of the format) and {@code policy} (whole policies). A policy is made only if no reader recorded a
 * problem. Policy tests are in {@code io.imagegate.policytest}.
 *
 * <p>The JSON Schema {@code imagepolicy.schema.json} in the resources of this package describes the format.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.document;

import org.jspecify.annotations.NullMarked;
