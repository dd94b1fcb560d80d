package io.imagegate.cli.check.report;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** Colours of text for people. Text of files has no part in picocli's markup, which would read it. */
public final class TextStyle {

    private final boolean enabled;

    /**
     * Creates a style.
     *
     * @param ansi whether there are colours
     */
    public TextStyle(Ansi ansi) {
        this.enabled = ansi.enabled();
    }

    /**
     * {@return a text in the colour of an outcome}
     *
     * @param outcome such as {@code denied}, or {@code violated} of a rule
     * @param text the text
     */
    public String outcome(String outcome, String text) {
        return switch (outcome) {
            case "denied", "violated" -> styled("bold,red", text);
            case "allowed", "satisfied" -> styled("green", text);
            case "warned", "undecidable" -> styled("yellow", text);
            default -> styled("faint", text);
        };
    }

    /**
     * {@return a text in bold letters}
     *
     * @param text the text
     */
    public String bold(String text) {
        return styled("bold", text);
    }

    private String styled(String style, String text) {
        IStyle[] styles = Style.parse(style);
        return enabled ? Style.on(styles) + text + Style.reset.off() : text;
    }
}
