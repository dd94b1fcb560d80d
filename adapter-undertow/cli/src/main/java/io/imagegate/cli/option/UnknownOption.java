package io.imagegate.cli.option;

import io.imagegate.policy.Requirement;
import io.imagegate.text.SafeText;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option {@code --unknown}: what of an image may be unknown. */
public final class UnknownOption {

    private static final int SHOWN = 60;
    private static final String WEAKENED = Requirement.CHART_DEFAULT.code() + "=warn";

    @Option(
            names = "--unknown",
            paramLabel = "chart-default=warn",
            converter = OnlyChartDefault.class,
            completionCandidates = Values.class,
            description =
                    "Warn of images of which the values of a Helm chart leave a part to the defaults of the chart,"
                            + " instead of denying them. Nothing else that is unknown can be weakened.")
    private List<String> weakened = List.of();

    /** The only value. */
    static final class Values implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return List.of(WEAKENED).iterator();
        }
    }

    /** Refuses every other value. */
    static final class OnlyChartDefault implements ITypeConverter<String> {

        @Override
        public String convert(String text) {
            if (!text.equals(WEAKENED)) {
                throw new TypeConversionException("expected " + WEAKENED
                        + ": nothing else that is unknown can be weakened, got " + SafeText.quote(text, SHOWN));
            }
            return text;
        }
    }

    /** {@return whether it is given} */
    public boolean isGiven() {
        return !weakened.isEmpty();
    }

    /** {@return codes of the requirements that only warn} */
    public Set<String> requirements() {
        return isGiven() ? Set.of(Requirement.CHART_DEFAULT.code()) : Set.of();
    }
}
