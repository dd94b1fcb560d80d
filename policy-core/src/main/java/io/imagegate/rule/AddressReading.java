package io.imagegate.rule;

import io.imagegate.reference.ImageReference;
import io.imagegate.reference.PatternSet;
import java.util.List;
import java.util.Optional;

/** Whether patterns match an image depends on how a client reads the address of its registry. */
final class AddressReading {

    private AddressReading() {}

    /** {@return that it is unknown, if patterns that do not match an image match a reading of it} */
    static Optional<Finding> of(Candidate image, PatternSet patterns) {
        List<ImageReference> readings = image.reference().addressReadings();
        return readings.isEmpty()
                ? Optional.empty()
                : readings.stream()
                        .flatMap(reading -> finding(image, patterns, reading).stream())
                        .findFirst();
    }

    private static Optional<Finding> finding(Candidate image, PatternSet patterns, ImageReference reading) {
        return image.firstThatMayMatch(patterns, reading)
                .map(pattern -> Finding.undecidable(
                        Message.PATTERN_ADDRESS, image.reference().registry(), reading.registry(), pattern));
    }
}
