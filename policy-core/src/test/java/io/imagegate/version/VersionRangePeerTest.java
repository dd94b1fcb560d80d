package io.imagegate.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.version.NpmSemver.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/** Ranges are read as npm reads them, but for the differences below. */
@Tag("full")
@net.jqwik.api.Tag("full")
class VersionRangePeerTest {

    private static final String GREATEST = "9007199254740991";
    /** A prerelease of 0.0.0: the only versions that come before it. */
    private static final Pattern BEFORE_ALL = Pattern.compile("v?0\\.0\\.0-.*");

    /** What npm does not know for 0.0.0 where it looks for a range that is everything. */
    private static final Pattern ZERO_BY_ANOTHER_NAME = Pattern.compile("v0\\.0\\.0|0\\.0\\.0\\+");

    static final class WithNpm implements SkipExecutionHook {

        @Override
        public SkipResult shouldBeSkipped(LifecycleContext context) {
            try {
                NpmSemver.needs();
                return SkipResult.doNotSkip();
            } catch (TestAbortedException notThere) {
                return SkipResult.skip(notThere.getMessage());
            }
        }

        @Override
        public PropagationMode propagateTo() {
            return PropagationMode.ALL_DESCENDANTS;
        }
    }

    /** A program that is ended when the property has been tried. */
    private record Kept(NpmSemver npm) implements Store.CloseOnReset {

        static Kept start() {
            try {
                return new Kept(NpmSemver.start());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            npm.close();
        }
    }

    @Property
    @AddLifecycleHook(WithNpm.class)
    void aRangeHoldsWhatNpmFindsInIt(@ForAll("ranges") String range, @ForAll("versions") List<String> versions)
            throws IOException {
        assertThat(parse(range)).isPresent();
        assertAlike(range, versions);
    }

    /** The same mistakes every time, lest a rare one that npm overlooks in yet another way stop somebody's build. */
    @Property(seed = "20261125")
    @AddLifecycleHook(WithNpm.class)
    void aMistakeIsOneForBothOrIsListed(@ForAll("mistaken") String range, @ForAll("versions") List<String> versions)
            throws IOException {
        assertAlike(range, versions);
    }

    private static void assertAlike(String range, List<String> versions) throws IOException {
        NpmSemver npm =
                Store.getOrCreate("npm", Lifespan.PROPERTY, Kept::start).get().npm();
        Answer expected = npm.ask(range, versions);
        Optional<VersionRange> parsed = parse(range);
        Statistics.label("ranges").collect(parsed.isPresent(), expected.valid());
        if (parsed.isEmpty()) {
            assertThat(!expected.valid() || Overlooked.isIn(range)).as(range).isTrue();
        } else if (!range.contains(GREATEST)
                && !ZERO_BY_ANOTHER_NAME.matcher(range).find()) {
            assertThat(expected.valid()).as(range).isTrue();
            assertThat(versions.stream().filter(version -> isHeld(parsed.get(), version)))
                    .as(range)
                    .containsExactlyElementsOf(expected.held());
        }
    }

    private static boolean isHeld(VersionRange range, String version) {
        return range.contains(version).orElse(false);
    }

    private static Optional<VersionRange> parse(String range) {
        try {
            return Optional.of(VersionRange.parse(range));
        } catch (VersionRangeSyntaxException e) {
            return Optional.empty();
        }
    }

    @Provide
    Arbitrary<String> ranges() {
        return RangeArbitraries.wellFormed();
    }

    @Provide
    Arbitrary<String> mistaken() {
        return RangeArbitraries.mistaken();
    }

    @Provide
    Arbitrary<List<String>> versions() {
        return RangeArbitraries.versions()
                .filter(version -> !BEFORE_ALL.matcher(version).matches())
                .list()
                .ofSize(16);
    }

    @ParameterizedTest
    @EnumSource
    void aMistakeThatNpmOverlooksIsRefused(Overlooked mistake) throws IOException {
        assertThat(Overlooked.isIn(mistake.example)).isTrue();
        assertThatThrownBy(() -> VersionRange.parse(mistake.example)).isInstanceOf(VersionRangeSyntaxException.class);
        assertThat(ask(mistake.example, "1.2.3").valid()).isTrue();
    }

    /** npm forgets the bound {@code >=0.0.0} where it is written, or meant by {@code 0}. */
    @ParameterizedTest(name = "{0}: {1}, npm: {2}")
    @CsvSource({
        "0.0.0-rc, true, true",
        ">=0.0.0-0 <1, true, true",
        "<=0.0.0-rc, true, true",
        ">=0.0.0 <=0.0.0-rc, false, true",
        ">=v0.0.0 <=0.0.0-rc, false, false",
        "0.0.0 - 0.0.0-rc, false, true",
        "0 0.0.0-rc, false, true",
        "* 0.0.0-rc, true, true",
        "*, false, false",
    })
    void aPrereleaseOfTheFirstVersionIsBeforeIt(String range, boolean held, boolean heldByNpm) throws IOException {
        assertThat(isHeld(VersionRange.parse(range), "0.0.0-rc")).isEqualTo(held);
        assertThat(ask(range, "0.0.0-rc").held()).hasSize(heldByNpm ? 1 : 0);
    }

    /** Where everything is allowed, naming a prerelease besides allows no more. */
    @ParameterizedTest(name = "{0}: {1}, npm: {2}")
    @CsvSource({
        "* || 1.0.0-rc, false, false",
        ">=0.0.0 || 1.0.0-rc, false, false",
        ">=v0.0.0 || 1.0.0-rc, false, true",
        "0.0.0+b - * || 1.0.0-rc, false, true",
        ">=0.0.1 || 1.0.0-rc, true, true",
    })
    void everythingIsKnownByWhateverNameItHas(String range, boolean held, boolean heldByNpm) throws IOException {
        assertThat(isHeld(VersionRange.parse(range), "1.0.0-rc")).isEqualTo(held);
        assertThat(ask(range, "1.0.0-rc").held()).hasSize(heldByNpm ? 1 : 0);
    }

    /** npm has no version behind its greatest number, and so cannot say where such a range ends. */
    @ParameterizedTest
    @CsvSource({"^" + GREATEST, "1." + GREATEST, ">" + GREATEST, "1 - 1." + GREATEST})
    void rangesEndBehindTheGreatestNumber(String range) throws IOException {
        VersionRange parsed = VersionRange.parse(range);
        assertThat(isHeld(parsed, "2.0.0")).isFalse();
        assertThat(ask(range, "2.0.0").valid()).isFalse();
    }

    private static Answer ask(String range, String version) throws IOException {
        NpmSemver.needs();
        try (NpmSemver npm = NpmSemver.start()) {
            return npm.ask(range, List.of(version));
        }
    }
}
