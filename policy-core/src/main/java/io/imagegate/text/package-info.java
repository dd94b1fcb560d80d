/**
 * Text for people: untrusted text is quoted, escaped and cut, and misspelled names get a suggestion. All packages use
 * these classes for their messages, and for copies of maps and sets of such text. IPv6 addresses get one spelling. The package is
 * not exported, because programs that embed the library do not need it.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.text;

import org.jspecify.annotations.NullMarked;
