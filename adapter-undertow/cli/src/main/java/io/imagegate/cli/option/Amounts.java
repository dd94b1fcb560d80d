package io.imagegate.cli.option;

import io.imagegate.text.SafeText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the values of limits: numbers, and bytes such as {@code 64k} or {@code 8m}; all are at least 1. */
public final class Amounts {

    private static final Pattern COUNT = Pattern.compile("\\d{1,9}");
    private static final Pattern BYTES = Pattern.compile("(\\d{1,9})([km]?)");
    private static final int SHOWN = 60;
    private static final int KIB = 10;
    private static final int MIB = 20;

    private Amounts() {}

    /** Converts a number. */
    static final class Count implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String text) {
            int count = COUNT.matcher(text).matches() ? Integer.parseInt(text) : 0;
            if (count < 1) {
                throw new TypeConversionException(
                        "expected a number from 1 to 999999999, got " + SafeText.quote(text, SHOWN));
            }
            return count;
        }
    }

    /** Converts a whole number that its option checks. */
    public static final class Whole implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String text) {
            if (!COUNT.matcher(text).matches()) {
                throw new TypeConversionException("expected a whole number, got " + SafeText.quote(text, SHOWN));
            }
            return Integer.parseInt(text);
        }
    }

    /** Converts a number of bytes. */
    static final class Bytes implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String text) {
            Matcher form = BYTES.matcher(text);
            long bytes = form.matches() ? Long.parseLong(form.group(1)) << shift(form.group(2)) : 0;
            if (bytes < 1 || bytes >= Integer.MAX_VALUE) {
                throw new TypeConversionException(
                        "expected bytes such as 65536, 64k or 8m, less than 2048m, got " + SafeText.quote(text, SHOWN));
            }
            return (int) bytes;
        }

        private static int shift(String unit) {
            return switch (unit) {
                case "k" -> KIB;
                case "m" -> MIB;
                default -> 0;
            };
        }
    }
}
