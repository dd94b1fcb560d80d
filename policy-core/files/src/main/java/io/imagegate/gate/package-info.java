/**
 * Policies, registries and signatures from their files, as one {@link io.imagegate.gate.LiveGate}. Files are read when the
 * gate is opened, and by the thread that follows policies; decisions read none.
 *
 * <p>What looks at the content of images is found by {@link java.util.ServiceLoader}: {@code io.imagegate:policy-registry}
 * provides a {@link io.imagegate.gate.RegistryProvider}, {@code io.imagegate:policy-signature} a
 * {@link io.imagegate.gate.SignatureProvider}. A program with a {@link io.imagegate.fact.FactSource} of its own gives it
 * to the {@linkplain io.imagegate.gate.LiveGateBuilder#facts(io.imagegate.fact.FactSource) builder}.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.gate;

import org.jspecify.annotations.NullMarked;
