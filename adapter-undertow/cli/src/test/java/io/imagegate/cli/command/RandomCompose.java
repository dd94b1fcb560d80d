package io.imagegate.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random Compose projects of several files, which hide images by tags, merge keys, anchors, variables, {@code extends} and
 * {@code include}. Not thread-safe.
 */
final class RandomCompose {

    private final Random random;
    private int images;
    /** How seldom what hides images is: projects with much of it are mostly refused. */
    private int seldom;

    RandomCompose(Random random) {
        this.random = random;
    }

    /** {@return the texts of the files of a project by their names; {@code compose.yaml} is the first} */
    Map<String, String> project() {
        images = 0;
        seldom = 2 << random.nextInt(6);
        Map<String, String> files = new LinkedHashMap<>();
        files.put("compose.yaml", file("s", 4, true));
        if (one(3)) {
            files.put("compose.override.yaml", file("s", 3, false));
        }
        files.put("parts.yaml", file("p", 3, false));
        files.put("part/inc.yaml", file("i", 2, false).replace("parts.yaml", "../parts.yaml"));
        if (one(2)) {
            files.put(".env", environment());
        }
        if (one(4)) {
            files.put("part/.env", environment());
        }
        return files;
    }

    private boolean one(int in) {
        return random.nextInt(in) == 0;
    }

    private String any(String... each) {
        return each[random.nextInt(each.length)];
    }

    private String environment() {
        StringBuilder text = new StringBuilder();
        for (String name : List.of("IMAGE", "TAG", "EMPTY", "HOME", "USER", "NONE")) {
            if (one(2 + seldom)) {
                text.append(any("", "export "))
                        .append(name)
                        .append("=")
                        .append(
                                name.equals("EMPTY")
                                        ? ""
                                        : any(plain(), "'" + plain() + "'", "\"x\"", "1 # c", "$OTHER"))
                        .append("\n");
            }
        }
        return text.toString();
    }

    private String file(String prefix, int count, boolean including) {
        StringBuilder text = new StringBuilder();
        text.append("x-image: &image ")
                .append(rarely("!reset ", 12))
                .append(image())
                .append("\n");
        text.append("x-base: &base ")
                .append(rarely(tag(), 15))
                .append(fields(prefix, 0, false))
                .append("\n");
        text.append("x-other: &other {image: ").append(image()).append(", labels: {image: no}}\n");
        text.append("x-build: &build ").append(build()).append("\n");
        if (including && one(3)) {
            text.append("include: ")
                    .append(any("[part/inc.yaml]", "[{path: part/inc.yaml}]", "!reset [part/inc.yaml]"))
                    .append("\n");
        }
        text.append("services: ").append(rarely("!override ", 25)).append("\n");
        for (int i = 0; i < count; i++) {
            service(text, prefix, i);
        }
        if (one(6 * seldom)) {
            text.append("---\nservices:\n");
            service(text, prefix, random.nextInt(count));
        }
        return text.toString();
    }

    private void service(StringBuilder text, String prefix, int number) {
        text.append("  ")
                .append(prefix)
                .append(number)
                .append(": ")
                .append(rarely(tag(), 20))
                .append(fields(prefix, number, true))
                .append("\n");
    }

    private String rarely(String text, int in) {
        return one(in * seldom) ? text : "";
    }

    private String tag() {
        return switch (random.nextInt(9)) {
            case 0 -> "!foo ";
            case 1, 2, 3 -> "!override ";
            default -> "!reset ";
        };
    }

    private String fields(String prefix, int number, boolean anchors) {
        List<String> fields = new ArrayList<>();
        if (anchors && one(2)) {
            fields.add(any("<<: ", "<<: ", "!!merge <<: ")
                    + any(
                            "*base",
                            "*other",
                            "[*other, *base]",
                            "[*base, *other]",
                            rarely(tag(), 8) + "{image: " + image() + "}"));
        }
        if (number > 0 && one(2)) {
            String own = any(prefix + random.nextInt(number), "{service: " + prefix + random.nextInt(number) + "}");
            String other = "{file: parts.yaml, service: p" + random.nextInt(3) + "}";
            fields.add("extends: " + rarely(tag(), 20) + (prefix.equals("p") || one(2) ? own : other));
        }
        if (fields.isEmpty() || !one(3)) {
            fields.add("image: " + (anchors && one(5) ? "*image" : rarely(tag(), 2) + image()));
        }
        if (one(2)) {
            fields.add("build: " + (anchors && one(4) ? "*build" : rarely(tag(), 3) + build()));
        }
        if (one(4)) {
            fields.add("volumes: " + rarely(tag(), 4) + "[" + rarely(tag(), 15) + "{type: " + rarely(tag(), 20)
                    + "image, source: " + image() + ", target: /t" + random.nextInt(3) + "}]");
        }
        if (one(4)) {
            fields.add("labels: " + rarely(tag(), 3) + "{a.b: " + rarely(tag(), 4) + "c}");
        }
        if (one(8 * seldom)) {
            fields.add(any("\"*\"", "build.args", "x-a", "imgae") + ": !reset null");
        }
        if (one(3)) {
            fields.add("ports: " + rarely(tag(), 1) + "[" + rarely(tag(), 2) + "\"8" + random.nextInt(10) + ":80\"]");
        }
        if (one(4)) {
            fields.add("environment: " + any("!!map ", rarely(tag(), 2)) + "{A: " + any("!!str ", rarely(tag(), 2))
                    + "b}");
        }
        if (one(10 * seldom)) {
            fields.add(any("!!binary aW1hZ2U=", "!!merge x-a", "\"<<\"") + ": "
                    + any(image(), "{image: " + image() + "}"));
        }
        return "{" + String.join(", ", fields).replace("*image,", "*image ,").replace("*base,", "*base ,") + "}";
    }

    private String build() {
        List<String> fields = new ArrayList<>();
        fields.add("context: .");
        if (one(2)) {
            fields.add("dockerfile_inline: " + rarely(tag(), 8) + "\"ARG A=" + plain() + "\\nFROM $$A\\n\"");
        }
        if (one(2)) {
            String image = image();
            fields.add(
                    "args: " + rarely(tag(), 5) + any("{A: " + rarely(tag(), 12) + image + "}", "[A=" + plain() + "]"));
        }
        if (one(5)) {
            fields.add("additional_contexts: " + rarely(tag(), 5) + "{c" + random.nextInt(2) + ": \"docker-image://"
                    + plain() + "\"}");
        }
        return "{" + String.join(", ", fields) + "}";
    }

    /** Each image is another one, so that none hides a mistake. */
    private String plain() {
        return any("nginx", "r.example/a/b", "redis") + ":" + images++;
    }

    private String image() {
        String plain = plain();
        if (one(4 * seldom)) {
            return "\"" + any("${HOME:+evil/}", "${USER}/", "${IMAGE}/", "") + plain
                    + any("${TAG:+x}", "${EMPTY+y}", "${NONE}", "${TAG:-{}x}", "${COMPOSE_PROJECT_NAME:+z}") + "\"";
        }
        return switch (random.nextInt(11)) {
            case 0 -> "'" + plain + "'";
            case 1 -> "\"${IMAGE:-" + plain + "}\"";
            case 2 -> "\"${IMAGE-" + plain + "}\"";
            case 3 -> "\"${EMPTY:-" + plain + "}\"";
            case 4 -> "\"" + plain + any("$$", "${TAG:-${OTHER:-2}}", "${OTHER:-a${OTHER-b}c}d") + "\"";
            case 5 -> "!!str " + plain;
            case 6 -> "!!str \"" + plain + "\"";
            default -> "\"" + plain + "\"";
        };
    }
}
