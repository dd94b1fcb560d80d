package io.imagegate.console;

/**
 * A mistake in what was typed, or a warning about it, and what to underline.
 *
 * @param in the field of the request
 * @param line its line, from 1
 * @param column its first column, from 1, in code points
 * @param endColumn the column behind it
 * @param severity {@code error} or {@code warning}
 * @param text what is wrong, and what was expected
 * @param suggestion what was probably meant; empty if that is unknown
 */
record Mistake(String in, int line, int column, int endColumn, String severity, String text, String suggestion) {}
