/**
 * JSON from strangers, hashes of content, the media types of OCI and Docker, and {@link
 * io.imagegate.registry.content.Failure}, which ends a look-up without a value. Most packages of the module build on this one. It is
 * not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.registry.content;

import org.jspecify.annotations.NullMarked;
