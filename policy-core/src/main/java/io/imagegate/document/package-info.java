/**
 * Policy files in YAML or JSON, policy tests, and live reload. {@link io.imagegate.document.PolicyDocuments} reads
 * them. All mistakes are reported in one {@link io.imagegate.document.PolicyDocumentException}, each
 * {@linkplain io.imagegate.document.DocumentProblem problem} with file, line, column, what is wrong and what was
 * expected.
 *
 * <p>Text is parsed into nodes with positions, within limits of size, depth and alias expansion. One small reader for
 * each part of the format reads the nodes. A node with another type than requested records a problem and returns an
 * empty result, and reading continues. A policy is built only if no problem was recorded.
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
