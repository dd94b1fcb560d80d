/** Examples and laws of the rule. */
@NullMarked
package io.imagegate.examples.customrule;

import org.jspecify.annotations.NullMarked;
