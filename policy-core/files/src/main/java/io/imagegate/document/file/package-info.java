/**
 * Files that policies are read from, and files that policies name. {@link io.imagegate.document.file.SourceFiles} reads each
 * within a limit and remembers its hash, so that a change of any of them is noticed. A {@link
 * io.imagegate.document.file.Source} is the document that is being read: its name in messages, and the folder at which the names
 * in it start.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.document.file;

import org.jspecify.annotations.NullMarked;
