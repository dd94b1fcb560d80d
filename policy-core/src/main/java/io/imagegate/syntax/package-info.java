/**
 * Reads structured text from front to back, within limits. {@link io.imagegate.syntax.Cursor} walks over a value in any
 * syntax; {@link io.imagegate.syntax.JsonCursor} does so over JSON (RFC 8259), in bytes or in a stream.
 *
 * <p>What is not wanted is skipped and checked in full, at the speed of memory, and nothing is allocated for it. A general
 * tokenizer makes a string of every name it skips, so a sender could use up memory with many names.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.syntax;

import org.jspecify.annotations.NullMarked;
