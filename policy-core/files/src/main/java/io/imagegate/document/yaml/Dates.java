package io.imagegate.document.yaml;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads dates and instants. */
public final class Dates {

    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");
    private static final String A_DATE = "a date such as 2027-01-31";
    private static final String AN_INSTANT = "an instant such as 2026-11-25T12:00:00Z";

    private Dates() {}

    public static Optional<LocalDate> date(YamlNode node) {
        return node.text().flatMap(text -> {
            try {
                LocalDate date = LocalDate.parse(text);
                return date.toString().length() == 10 ? Optional.of(date) : node.wrong(A_DATE);
            } catch (DateTimeException e) {
                return node.wrong(A_DATE);
            }
        });
    }

    public static Optional<Instant> instant(YamlNode node) {
        return node.text().flatMap(text -> {
            try {
                return INSTANT.matcher(text).matches() ? Optional.of(Instant.parse(text)) : node.wrong(AN_INSTANT);
            } catch (DateTimeException e) {
                return node.wrong(AN_INSTANT);
            }
        });
    }
}
