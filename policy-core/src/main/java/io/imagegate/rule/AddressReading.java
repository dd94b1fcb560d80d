package io.imagegate.rule;

import io.imagegate.reference.PatternSet;
import java.util.Optional;

/** Whether patterns match an image depends on how a client reads the address of its registry. */
final class AddressReading {

    private AddressReading() {}

    /** {@return that it is unknown, if patterns that do not match an image match a reading of it} */
    static Optional<Finding> of(Candidate image, PatternSet patterns) {
        return image.reference().addressReadings().stream()
                .flatMap(reading -> image.firstThatMayMatch(patterns, reading).stream()
                        .map(pattern -> Finding.undecidable(
                                Message.PATTERN_ADDRESS, image.reference().registry(), reading.registry(), pattern)))
                .findFirst();
    }
}
