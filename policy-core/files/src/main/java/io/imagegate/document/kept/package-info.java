/**
 * The files of the last accepted policies, kept on the disk for the next start. {@link io.imagegate.document.kept.FileRecorder} has the bytes that a
 * load read, {@link io.imagegate.document.kept.KeptFiles} gives them to another load under the same names, and
 * {@link io.imagegate.document.kept.KeptFolder} stores them in one file.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.document.kept;

import org.jspecify.annotations.NullMarked;
