package io.imagegate.workload;

import io.imagegate.text.ResourceLines;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the well-known custom resources, a line for some places of some kinds: {@code {Pipeline,Task}.tekton.dev images
 * spec.{steps,sidecars}[*].image}. Braces mean each of their alternatives.
 */
final class WellKnownWorkloads {

    static final Collection<Workload> ALL = read();

    private WellKnownWorkloads() {}

    private static Collection<Workload> read() {
        Map<String, Workload> byKind = new LinkedHashMap<>();
        ResourceLines.read(WellKnownWorkloads.class.getResourceAsStream("workloads.txt")).stream()
                .flatMap(line -> alternatives(line).stream())
                .forEach(line -> add(byKind, line));
        return List.copyOf(byKind.values());
    }

    private static void add(Map<String, Workload> byKind, String line) {
        int form = line.indexOf(' ');
        int path = line.lastIndexOf(' ');
        String kind = line.substring(0, form);
        Workload workload = byKind.computeIfAbsent(kind, Workload::of);
        String place = line.substring(path + 1);
        byKind.put(
                kind,
                switch (line.substring(form, path).strip()) {
                    case "podSpec" -> workload.withPodSpec(place);
                    case "images" -> workload.withImages(place);
                    case "repositories" -> workload.withRepositories(place);
                    case "none" -> workload.without(place);
                    default -> workload.withHelmValues(place);
                });
    }

    /** {@return the line with each alternative of its first outermost braces, and of the others} */
    private static List<String> alternatives(String line) {
        int open = line.indexOf('{');
        if (open < 0) {
            return List.of(line);
        }
        List<String> all = new ArrayList<>();
        int depth = 0;
        int start = open + 1;
        for (int at = open; depth > 0 || at == open; at++) {
            char c = line.charAt(at);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0 || (depth == 1 && c == ',')) {
                all.add(line.substring(start, at));
                start = at + 1;
            }
        }
        String before = line.substring(0, open);
        String after = line.substring(start);
        return all.stream()
                .flatMap(one -> alternatives(before + one + after).stream())
                .toList();
    }
}
