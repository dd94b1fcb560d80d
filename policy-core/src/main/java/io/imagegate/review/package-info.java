/**
 * Reviews of images that are about to run. A review is plain data and independent of the protocol: a program can make
 * one from a list of strings, a webhook makes one from a request.
 *
 * <p>Images are kept as typed, even if they are invalid. {@code io.imagegate.reference} parses them and
 * {@code io.imagegate.policy} decides on them.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.review;

import org.jspecify.annotations.NullMarked;
