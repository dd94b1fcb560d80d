package io.imagegate.bench.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table in Markdown; all columns but the first are numbers or short words, and stand at the right. */
final class Table {

    private final List<List<String>> lines = new ArrayList<>();

    private Table(List<String> titles) {
        lines.add(titles);
        List<String> rule = new ArrayList<>(Collections.nCopies(titles.size(), "---:"));
        rule.set(0, "---");
        lines.add(rule);
    }

    static Table of(String... titles) {
        return new Table(List.of(titles));
    }

    Table rows(List<List<String>> rows) {
        lines.addAll(rows);
        return this;
    }

    void appendTo(StringBuilder page) {
        for (List<String> line : lines) {
            page.append("| ").append(String.join(" | ", line)).append(" |\n");
        }
    }
}
