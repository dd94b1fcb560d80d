/** What must hold of every decision, whatever the policy, the images and the way they came. */
@NullMarked
package io.imagegate.laws;

import org.jspecify.annotations.NullMarked;
