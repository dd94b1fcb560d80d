package io.imagegate;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A picture (SVG) of what a program prints on a terminal, in its colours. */
public final class TerminalPicture {

    private static final int COLUMNS = 120;
    private static final int LINE = 19;
    private static final double CHARACTER = 7.83;
    private static final int MARGIN = 16;

    /** Select graphic rendition (ECMA-48). */
    private static final Pattern STYLE = Pattern.compile("\u001b\\[([0-9;]*)m");

    private static final String HEAD = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-labelledby="title">
              <title id="title">%s</title>
              <style>
                text { font: 13px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #e6edf3 }
                .screen { fill: #0d1117; stroke: #30363d }
                .s1 { font-weight: 700; fill: #ffffff }
                .s2 { fill: #9198a1 }
                .s31 { font-weight: 700; fill: #ff7b72 }
                .s32 { fill: #56d364 }
                .s33 { fill: #e3b341 }
              </style>
              <rect class="screen" x="0.5" y="0.5" width="%d" height="%d" rx="8"/>
            """;

    private TerminalPicture() {}

    /**
     * {@return the picture}
     *
     * @param title what it shows
     * @param command what was typed
     * @param printed what the program printed
     */
    public static String of(String title, String command, String printed) {
        List<String> lines = new ArrayList<>();
        lines.add(prompt(command));
        printed.lines().forEach(line -> lines.addAll(wrapped(line)));
        int width = (int) Math.ceil(COLUMNS * CHARACTER) + 2 * MARGIN;
        int height = lines.size() * LINE + 2 * MARGIN;
        StringBuilder picture = new StringBuilder(HEAD.formatted(width, height, escape(title), width - 1, height - 1));
        int y = MARGIN + 14;
        for (String line : lines) {
            if (!line.isEmpty()) {
                picture.append("  <text xml:space=\"preserve\" x=\"%d\" y=\"%d\">%s</text>\n"
                        .formatted(MARGIN, y, styled(line)));
            }
            y += LINE;
        }
        return picture.append("</svg>\n").toString();
    }

    /** {@return a line in which a command is typed} */
    public static String prompt(String command) {
        return "\u001b[2m$\u001b[0m " + command;
    }

    /** Long lines go on in the next, as on a terminal. */
    private static List<String> wrapped(String line) {
        if (STYLE.matcher(line).find() || line.length() <= COLUMNS) {
            return List.of(line);
        }
        List<String> parts = new ArrayList<>();
        for (int start = 0; start < line.length(); start += COLUMNS) {
            parts.add(line.substring(start, Math.min(line.length(), start + COLUMNS)));
        }
        return parts;
    }

    private static String styled(String line) {
        StringBuilder text = new StringBuilder();
        Matcher style = STYLE.matcher(line);
        String current = "";
        int end = 0;
        while (style.find()) {
            text.append(span(current, line.substring(end, style.start())));
            current = style.group(1).equals("0") ? "" : style.group(1);
            end = style.end();
        }
        return text.append(span(current, line.substring(end))).toString();
    }

    private static String span(String style, String text) {
        if (text.isEmpty() || style.isEmpty()) {
            return escape(text);
        }
        return "<tspan class=\"s" + style + "\">" + escape(text) + "</tspan>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
