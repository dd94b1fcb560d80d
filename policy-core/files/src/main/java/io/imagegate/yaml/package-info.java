/**
 * YAML 1.2 within limits. {@link io.imagegate.yaml.YamlCursor} walks over its documents as {@link io.imagegate.syntax.Cursor} does over
 * JSON, and follows aliases. This is the only package that names a parser of YAML.
 *
 * <p>What must differ between its users, for instance which line breaks are refused, is in {@link io.imagegate.yaml.YamlDialect}.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.yaml;

import org.jspecify.annotations.NullMarked;
