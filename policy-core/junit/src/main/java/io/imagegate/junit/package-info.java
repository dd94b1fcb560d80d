/**
 * Tests with JUnit 5: {@link io.imagegate.junit.PolicyTestCases} makes tests of policy tests,
 * {@link io.imagegate.junit.GateExtension} opens a gate for tests, {@link io.imagegate.junit.SignedRegistry} is a registry with
 * signed images.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.junit;

import org.jspecify.annotations.NullMarked;
