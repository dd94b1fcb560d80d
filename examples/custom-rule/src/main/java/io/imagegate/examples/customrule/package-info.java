/**
 * A rule that patterns cannot express, because it compares the image with the namespace: a team may only run its own
 * images of the company's registry. Its name in policy files is {@code io.example.TeamOwnsRepository}.
 */
@NullMarked
package io.imagegate.examples.customrule;

import org.jspecify.annotations.NullMarked;
