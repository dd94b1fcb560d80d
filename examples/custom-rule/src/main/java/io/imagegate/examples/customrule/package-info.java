/**
 * A rule that no pattern can express, for it compares the image with the namespace: what a team runs from the company's
 * registry is the team's own. Policy files call it {@code io.example.TeamOwnsRepository}.
 */
@NullMarked
package io.imagegate.examples.customrule;

import org.jspecify.annotations.NullMarked;
