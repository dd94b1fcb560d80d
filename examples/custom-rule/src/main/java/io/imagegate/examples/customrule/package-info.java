/**
 * Rules that patterns cannot express, because they compare the image with the namespace: a team may only run its own
 * images of the company's registry, {@code io.example.TeamOwnsRepository} in policy files; and a label of the image names
 * the team, {@code io.example.LabelledForTeam}. A format of files that name images is added in the same way.
 */
@NullMarked
package io.imagegate.examples.customrule;

import org.jspecify.annotations.NullMarked;
