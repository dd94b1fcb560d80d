package io.imagegate.examples.customrule;

import io.imagegate.reference.ImagePattern;
import java.util.Set;

/** The laws hold of the rule. */
class OwnershipLawsTest extends OwnershipLaws {

    OwnershipLawsTest() {
        super(new TeamOwnsRepository(ImagePattern.parse("registry.example/**"), Set.of("base")));
    }
}
