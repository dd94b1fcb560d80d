/**
 * YAML values that know their position. {@link io.imagegate.document.yaml.YamlReader} parses a text in YAML or JSON
 * within limits of size, depth and alias expansion. A {@link io.imagegate.document.yaml.YamlNode} is a value, and {@link
 * io.imagegate.document.yaml.Fields} are those of a mapping.
 *
 * <p>A value with another type than requested records a problem in {@link io.imagegate.document.yaml.Problems} and returns an
 * empty result, and reading continues, so that all mistakes of all files are reported at once. {@link
 * io.imagegate.document.yaml.PolicyWarnings} collects what is valid and probably wrong, such as an exception that has expired.
 *
 * <p>What leaves here without a position are {@link
 * io.imagegate.document.yaml.Parameters} of rules written in Java, and predicates of attestations in policy tests.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.document.yaml;

import org.jspecify.annotations.NullMarked;
