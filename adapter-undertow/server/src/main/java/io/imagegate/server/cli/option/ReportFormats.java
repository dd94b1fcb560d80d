package io.imagegate.server.cli.option;

import io.imagegate.server.check.report.ReportFormat;
import io.imagegate.text.SafeText;
import java.util.List;
import java.util.stream.Collectors;
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
                .orElseThrow(() -> new TypeConversionException("expected one of "
                        + formats.stream().map(ReportFormat::name).collect(Collectors.joining(", ")) + ", got "
                        + SafeText.quote(text, SHOWN)));
    }

    /** Converts the formats of {@code check}. */
    public static final class OfCheck implements ITypeConverter<ReportFormat> {

        @Override
        public ReportFormat convert(String text) {
            return ReportFormats.convert(text, ReportFormat.ofCheck());
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
