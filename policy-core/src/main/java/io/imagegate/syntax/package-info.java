/**
 * Reads structured text from front to back, within limits. {@link io.imagegate.syntax.Cursor} walks over a value in any syntax,
 * {@link io.imagegate.syntax.JsonCursor} over JSON (RFC 8259), in bytes or in a stream, and {@code io.imagegate.yaml} over
 * YAML. Where a tree is easier to read than a stream, {@link io.imagegate.syntax.Cursor#tree()} makes one of {@link
 * io.imagegate.syntax.Node}s, which know where they were written.
 *
 * <p>This is the only package that parses JSON. What must differ between its users, for instance how deep a text may be, or whether
 * a name may come twice, is in {@link io.imagegate.syntax.SyntaxLimits}.
 *
 * <p>JSON that is not wanted is skipped and checked in full, at the speed of memory, and nothing is allocated for it. A general
 * tokenizer makes a string of every name it skips, so a sender could use up memory with many names.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.syntax;

import org.jspecify.annotations.NullMarked;
