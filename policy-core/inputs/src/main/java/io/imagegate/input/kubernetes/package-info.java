/**
 * Manifests and recorded reviews. A file can contain all objects of a cluster, so no tree is built: one walker reads the events of a
 * YAML stream or the tokens of JSON, which are read as in a webhook, so both find the same images. Aliases are followed within limits.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.input.kubernetes;

import org.jspecify.annotations.NullMarked;
