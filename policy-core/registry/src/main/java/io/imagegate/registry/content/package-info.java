/**
 * JSON from strangers, hashes of content, and the media types of OCI and Docker. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.registry.content;

import org.jspecify.annotations.NullMarked;
