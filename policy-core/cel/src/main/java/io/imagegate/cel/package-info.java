/**
 * Conditions on images in the Common Expression Language (CEL).
 *
 * <p>{@link io.imagegate.cel.CelRule} is a rule that an expression is true. Policy files write one with {@code cel} when this artifact
 * is on the class path; nothing of it is loaded before.
 *
 * <p>The types of an expression are checked when it is compiled. A rule does no I/O. Its cost is limited: the length of the
 * expression, the elements that it visits, the values that it makes, and the size of regular expressions. What nobody told, a fact
 * that is not known, and an error are unknown as CEL defines it: {@code false && unknown} is false.
 *
 * <p>This artifact works on the class path only. The jars of {@code dev.cel} have classes in the same packages, which modules
 * must not, so it is no module either.
 *
 * <p>Stability: evolving.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.cel;

import org.jspecify.annotations.NullMarked;
