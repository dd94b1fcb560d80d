/**
 * Text for people: unknown text is quoted, escaped and cut, and a misspelled name gets a suggestion. Every package uses
 * these classes for its messages; programs that embed the library do not need them, so the package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.text;

import org.jspecify.annotations.NullMarked;
