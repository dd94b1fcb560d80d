/**
 * Policies as files, in YAML or JSON. {@link io.imagegate.document.PolicyDocuments} reads them; a mistake never surfaces
 * alone: everything that is wrong comes as one {@link io.imagegate.document.PolicyDocumentException}, each
 * {@linkplain io.imagegate.document.DocumentProblem problem} with file, line and column, what is wrong, where, and what was
 * expected.
 *
 * <p>Text is composed into nodes that know their positions, under limits of size, depth and what aliases expand to. Small
 * readers, one for each part of the format, ask the nodes for what they need; a node that holds something else records the
 * problem and answers with nothing, and reading goes on. A policy is built only if no problem was recorded.
 *
 * <p>The format is described by the JSON Schema {@code imagepolicy.schema.json} among the resources of this package.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.document;

import org.jspecify.annotations.NullMarked;
