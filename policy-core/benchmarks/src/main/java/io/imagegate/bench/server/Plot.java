package io.imagegate.bench.server;

import java.util.List;
import java.util.Locale;

/** A plot of how something grows, both axes logarithmic, as SVG that needs nothing else. */
final class Plot {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 400;
    private static final int LEFT = 80;
    private static final int RIGHT = 200;
    private static final int TOP = 40;
    private static final int BOTTOM = 60;
    private static final List<String> COLOURS =
            List.of("#0b6bcb", "#c2410c", "#15803d", "#7e22ce", "#a16207", "#be123c");

    private static final List<String> UNITS = List.of("", "k", "M");

    /** One point. */
    record Point(double x, double y) {}

    /** One line. */
    record Series(String name, List<Point> points) {}

    private final String title;
    private final String xTitle;
    private final String yTitle;
    private final List<Series> series;
    private final double firstX;
    private final double lastX;
    private final double firstY;
    private final double lastY;
    private final StringBuilder svg = new StringBuilder();

    private Plot(String title, String xTitle, String yTitle, List<Series> series) {
        this.title = title;
        this.xTitle = xTitle;
        this.yTitle = yTitle;
        this.series = series;
        List<Point> all = series.stream().flatMap(s -> s.points().stream()).toList();
        this.firstX = all.stream().mapToDouble(Point::x).min().orElse(1);
        this.lastX = all.stream().mapToDouble(Point::x).max().orElse(10);
        this.firstY = decade(all.stream().mapToDouble(Point::y).min().orElse(1), 0);
        this.lastY = decade(all.stream().mapToDouble(Point::y).max().orElse(10), 1);
    }

    private static double decade(double value, double above) {
        return Math.pow(10, Math.floor(Math.log10(value)) + above);
    }

    static String svg(String title, String xTitle, String yTitle, List<Series> series) {
        Plot plot = new Plot(title, xTitle, yTitle, series);
        plot.draw();
        return plot.svg.toString();
    }

    private void draw() {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
                        + "font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH, HEIGHT, WIDTH, HEIGHT);
        add("<title>%s</title>", title);
        add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, HEIGHT);
        text((LEFT + WIDTH - RIGHT) / 2.0, 22, "middle", "#111", title);
        text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 16, "middle", "#111", xTitle);
        add(
                "<text x=\"18\" y=\"%d\" text-anchor=\"middle\" fill=\"#111\" transform=\"rotate(-90 18 %d)\">%s</text>",
                HEIGHT / 2, HEIGHT / 2, yTitle);
        for (double y = firstY; y <= lastY * 1.01; y *= 10) {
            line(LEFT, y(y), WIDTH - RIGHT, y(y), "#ddd", 1);
            text(LEFT - 8, y(y) + 4, "end", "#444", label(y));
        }
        series.get(0).points().forEach(point -> {
            line(x(point.x()), TOP, x(point.x()), HEIGHT - BOTTOM, "#eee", 1);
            text(x(point.x()), HEIGHT - BOTTOM + 18, "middle", "#444", label(point.x()));
        });
        for (int i = 0; i < series.size(); i++) {
            draw(series.get(i), COLOURS.get(i % COLOURS.size()), i);
        }
        add("</svg>");
    }

    private void draw(Series one, String colour, int number) {
        List<Point> points = one.points();
        for (int i = 0; i < points.size(); i++) {
            Point to = points.get(i);
            if (i > 0) {
                Point from = points.get(i - 1);
                line(x(from.x()), y(from.y()), x(to.x()), y(to.y()), colour, 2);
            }
            add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x(to.x()), y(to.y()), colour);
        }
        double legend = TOP + 10 + number * 20.0;
        line(WIDTH - RIGHT + 12, legend, WIDTH - RIGHT + 32, legend, colour, 2);
        text(WIDTH - RIGHT + 38, legend + 4, "start", "#111", one.name());
    }

    private double x(double value) {
        return LEFT + (WIDTH - RIGHT - LEFT) * share(value, firstX, lastX);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share(value, firstY, lastY);
    }

    private static double share(double value, double first, double last) {
        return first == last ? 0.5 : Math.log(value / first) / Math.log(last / first);
    }

    private static String label(double value) {
        int thousands = value < 1_000 ? 0 : value < 1_000_000 ? 1 : 2;
        double shown = value / Math.pow(1_000, thousands);
        String format = shown < 10 && shown != Math.rint(shown) ? "%.1f%s" : "%.0f%s";
        return String.format(Locale.ROOT, format, shown, UNITS.get(thousands));
    }

    private void line(double x1, double y1, double x2, double y2, String colour, int width) {
        add(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%d\"/>",
                x1, y1, x2, y2, colour, width);
    }

    private void text(double x, double y, String anchor, String colour, String content) {
        add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>", x, y, anchor, colour, content);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
