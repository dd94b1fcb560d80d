package io.imagegate.registry;

import io.imagegate.fact.Fact;
import java.time.Duration;

/**
 * An answer to a question about an image, for metrics. Immutable.
 *
 * @param registry the entry that names the host, never the host itself, which a pod may have chosen; for an image of
 *     Docker Hub with a mirror, the entry of the mirror
 * @param kind what was asked: {@code digest}, {@code manifest}, {@code tag}, {@code config}, {@code blob} or
 *     {@code referrers}
 * @param cached whether the answer came from the cache
 * @param state what is known now
 * @param duration time until the answer, waiting for a flight included; zero for an answer from the cache
 * @since 0.1
 */
public record RegistryAnswer(String registry, String kind, boolean cached, Fact.State state, Duration duration) {}
