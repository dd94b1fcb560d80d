/**
 * Readers of rules and exceptions. {@link io.imagegate.document.rule.RuleReader} reads the list {@code rules}, {@link
 * io.imagegate.document.rule.RuleBodyReader} the condition of a rule, with a small reader for each kind of condition. {@link
 * io.imagegate.document.rule.CustomRules} finds rules written in Java.
 *
 * <p>Nothing here decides: the readers only make the rules of {@link io.imagegate.rule}.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.document.rule;

import org.jspecify.annotations.NullMarked;
