package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.version.Containment;
import io.imagegate.version.VersionRange;
import io.imagegate.version.VersionRangeSyntaxException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A range and a version, with a line break between them: a full version is wholly in the range, or not at all. */
@WhereJazzerRuns
class VersionFuzzTest {

    static Stream<byte[]> seeds() {
        return Stream.of(
                        ">=1.2.3 <2.0.0 || ^3.0.0-rc.1\nv1.2.3",
                        "1.x - 2.3.*\n2",
                        "~1.2.3-alpha.10\n1.2.3-alpha.9+build",
                        "*\n1.25-alpine",
                        "<0.0.0-0\n999999999999999999999.0.0")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aVersionIsInARangeOrNot(byte[] data) {
        String[] parts = new String(data, UTF_8).split("\n", 2);
        String version = parts.length == 1 ? "1.2.3" : parts[1];
        VersionRange range;
        try {
            range = VersionRange.parse(parts[0]);
        } catch (VersionRangeSyntaxException refused) {
            assertThat(refused.getMessage()).matches("[ -~]+").hasSizeLessThan(2000);
            return;
        }
        assertThat(range).hasToString(parts[0]).isEqualTo(VersionRange.parse(parts[0]));
        Optional<Boolean> contains = range.contains(version);
        Optional<Containment> containment = range.containment(version);
        if (contains.isPresent()) {
            assertThat(containment).isPresent();
            assertThat(containment.get() == Containment.ALL).isEqualTo(contains.get());
        }
        assertThat(range.leavesOutPrerelease(version) && contains.orElse(false)).isFalse();
    }
}
