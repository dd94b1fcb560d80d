/**
 * Semantic versions and ranges of them. A {@link io.imagegate.version.VersionRange} is parsed from npm's syntax, such as
 * {@code >=2.3 <4}, and tells whether a tag is a version in it, and of a part of a version, such as {@code 1.25}, whether all, some or
 * none of its releases are. A text that is not a range is refused with a {@link
 * io.imagegate.version.VersionRangeSyntaxException}, which knows the position of the mistake.
 *
 * <p>A version is read once into three numbers and the parts of its prerelease, without regular expressions and in linear time.
 * A range becomes alternatives of bounds: {@code ~1.2.3} is at least 1.2.3 and less than 1.3.0.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.version;

import org.jspecify.annotations.NullMarked;
