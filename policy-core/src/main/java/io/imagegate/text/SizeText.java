package io.imagegate.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers of bytes as people write them in files: a number and one of the units {@code Ki Mi Gi}, such as {@code 2Gi}.
 *
 * @since 0.1
 */
public final class SizeText {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})(Ki|Mi|Gi)");
    private static final String[] UNITS = {"Gi", "Mi", "Ki"};

    private SizeText() {}

    /**
     * Reads a size.
     *
     * @param text the text
     * @return the bytes, more than 0
     * @throws IllegalArgumentException if the text is not a number above 0 of at most 9 digits and a unit
     */
    public static long parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("size " + SafeText.quote(text, 40)
                    + ": expected a number above 0 and one of the units Ki, Mi, Gi, such as 2Gi");
        }
        return Long.parseLong(matcher.group(1)) * unit(matcher.group(2));
    }

    /**
     * {@return a size in the largest unit of which it is a multiple}
     *
     * @param bytes the bytes
     */
    public static String of(long bytes) {
        for (String unit : UNITS) {
            if (bytes % unit(unit) == 0) {
                return bytes / unit(unit) + unit;
            }
        }
        return bytes + " bytes";
    }

    private static long unit(String name) {
        return switch (name) {
            case "Gi" -> 1L << 30;
            case "Mi" -> 1L << 20;
            default -> 1L << 10;
        };
    }
}
