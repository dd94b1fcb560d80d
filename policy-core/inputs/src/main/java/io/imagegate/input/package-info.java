/**
 * What a format of files is made of: an {@link io.imagegate.input.Input} finds objects with images in a file and replaces images there;
 * an {@link io.imagegate.input.InputFactory} adds one to those of Imagegate, and {@link io.imagegate.input.text.TextInput} does most of
 * the work. {@code io.imagegate.manifest} reads files by all of them.
 *
 * <p>Text that a tool and this reader would understand differently is refused: {@link io.imagegate.input.InputException} says where.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.input;

import org.jspecify.annotations.NullMarked;
