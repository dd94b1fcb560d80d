/**
 * Facts about images from OCI registries.
 *
 * <p>{@link io.imagegate.registry.ImageRegistries} names the registries that may be contacted, and
 * {@link io.imagegate.registry.Registries} asks them. Each answer is a {@link io.imagegate.fact.Fact}: a value that
 * was verified, or why there is none. Everything that a registry sends is hostile until it was checked: bodies are limited
 * before they are buffered, content is hashed, and the hosts that a redirect or a challenge names are contacted only if the
 * operator named them.
 *
 * <p>A question becomes a flight, unless an equal one is in the air or its answer is cached. Flights are limited in all
 * and for each entry, so that a registry that hangs takes its own share and no more. Each has a deadline; one that fails or
 * is late asks the host itself, by {@code GET /v2/}, whether it is down, since whoever writes a pod can make a look-up
 * fail, but not that.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.registry;

import org.jspecify.annotations.NullMarked;
