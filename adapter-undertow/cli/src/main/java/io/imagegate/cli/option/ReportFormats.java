package io.imagegate.cli.option;

import io.imagegate.cli.check.report.ReportFormat;
import io.imagegate.text.SafeText;
import io.imagegate.text.Suggestion;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the names of the formats that a command has. */
public final class ReportFormats {

    private static final int SHOWN = 60;

    private ReportFormats() {}

    private static ReportFormat convert(String text, List<ReportFormat> formats) {
        return formats.stream()
                .filter(format -> format.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(Suggestion.oneOf(
                                text, formats.stream().map(ReportFormat::name).toList())
                        + ", got " + SafeText.quote(text, SHOWN)));
    }

    /** Converts the reports of {@code check}: a format, or a format and a file. */
    public static final class OfCheck implements ITypeConverter<ReportOutput> {

        @Override
        public ReportOutput convert(String text) {
            int equals = text.indexOf('=');
            if (equals == text.length() - 1) {
                throw new TypeConversionException("expected the name of a file after =");
            }
            if (text.endsWith("=-")) {
                throw new TypeConversionException(
                        "expected FORMAT alone for standard output, got " + SafeText.quote(text, SHOWN));
            }
            String format = equals < 0 ? text : text.substring(0, equals);
            return new ReportOutput(
                    ReportFormats.convert(format, ReportFormat.ofCheck()),
                    equals < 0 ? "" : text.substring(equals + 1));
        }
    }

    /** The names of the formats of {@code check}, for completion. */
    static final class NamesOfCheck implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return ReportFormat.ofCheck().stream().map(ReportFormat::name).iterator();
        }
    }

    /** Converts the formats of {@code test}. */
    public static final class OfTest implements ITypeConverter<ReportFormat> {

        @Override
        public ReportFormat convert(String text) {
            return ReportFormats.convert(text, ReportFormat.ofTest());
        }
    }
}
