package io.imagegate.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes manifests in many layouts, with images before and after a replacement, beside text that looks like them. */
final class RandomLayout {

    static final Map<String, String> NEW_NAMES = Map.of(
            "nginx",
            "nginx:latest@sha256:" + "a".repeat(64),
            "nginx:1.27",
            "nginx:1.27@sha256:" + "b".repeat(64),
            "registry.internal:5000/a/b:1",
            "mirror.internal/x/a/b:1",
            "ghcr.io/acme/api:v1",
            "a/b");
    private static final List<String> IMAGES = List.copyOf(NEW_NAMES.keySet());
    private static final List<String> LISTS = List.of("containers", "initContainers", "ephemeralContainers");

    private final Random random;
    private final StringBuilder before = new StringBuilder();
    private final StringBuilder after = new StringBuilder();
    private final String end;
    private int anchors;
    private int images;

    RandomLayout(long seed) {
        random = new Random(seed);
        end = random.nextBoolean() ? "\n" : "\r\n";
        boolean json = random.nextInt(4) == 0;
        if (random.nextInt(4) == 0) {
            same("\uFEFF");
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            if (json) {
                json();
            } else {
                yaml();
            }
        }
    }

    String before() {
        return before.toString();
    }

    String after() {
        return after.toString();
    }

    int images() {
        return images;
    }

    private RandomLayout same(String text) {
        before.append(text);
        after.append(text);
        return this;
    }

    private void yaml() {
        comment("");
        same("---" + any(" # image: nginx", "", " ") + end);
        boolean list = random.nextInt(3) == 0;
        String indent = list ? "    " : "";
        if (list) {
            same("apiVersion: v1" + end + "kind: List" + end + "items:" + end + "  - ");
        }
        boolean pod = random.nextBoolean();
        same((list ? "" : indent) + "kind: " + (pod ? "Pod" : "\"Deployment\"") + end);
        same(indent + "apiVersion: " + (pod ? "v1" : "apps/v1") + any("", " # nginx:1.27 é 😀") + end);
        same(indent + "metadata:" + end + indent + "  name: a😀é" + end);
        same(indent + "  annotations: {note: \"nginx:1.27\", 'é': |-".replace("|-", "x") + "}" + end);
        same(indent + "  labels:" + end + indent + "    text: >" + end + indent + "      image: nginx" + end);
        comment(indent);
        same(indent + "spec:" + end);
        String spec = pod ? indent + "  " : indent + "      ";
        if (!pod) {
            same(indent + "  template:" + end + indent + "    spec:" + end);
        }
        List<String> aliases = new ArrayList<>();
        for (String kind : LISTS) {
            if (random.nextInt(3) > 0) {
                same(spec + kind + ":" + any("", " #\tnginx") + end);
                for (int i = random.nextInt(3); i >= 0; i--) {
                    container(spec, aliases);
                }
            }
        }
        same(spec + "volumes: [{name: v, image: {pullPolicy: Always, reference: ");
        flow();
        same("}}]" + any("", end + end, " # end") + end);
    }

    private void comment(String indent) {
        if (random.nextInt(3) == 0) {
            same(indent + "# image: nginx:1.27 é😀\t- image: x" + end);
        }
    }

    private void container(String spec, List<String> aliases) {
        if (random.nextInt(4) == 0) {
            same(spec + "  - {name: c, image: ");
            flow();
            same(any("}", " }", ", args: [nginx, 'nginx:1.27']}") + end);
            return;
        }
        same(spec + "  - name: c" + end);
        comment(spec);
        same(spec + "    \"args\": [\"nginx:1.27\", nginx, \"--image=nginx\"]" + end);
        String key = any("image", "\"image\"", "'image'", "? image" + end + spec + "    ");
        same(spec + "    " + key + ":" + any(" ", "   ", " \t"));
        if (!aliases.isEmpty() && random.nextInt(3) == 0) {
            images++;
            same("*" + any(aliases.toArray(String[]::new)) + any("", " # nginx") + end);
        } else {
            block(spec, aliases);
        }
        same(spec + "    env: [{name: IMAGE, value: nginx:1.27}]" + end);
    }

    private void block(String spec, List<String> aliases) {
        if (random.nextInt(4) == 0) {
            String anchor = "i" + anchors++;
            aliases.add(anchor);
            same("&" + anchor + " " + any("", "!!str ", "# nginx" + end + spec + "      "));
        }
        switch (random.nextInt(3)) {
            case 0 -> {
                same(any("|-", ">-", "|2-", ">-  # nginx") + end + spec + "      ");
                image("", "");
                same(end);
            }
            case 1 -> {
                same(any("", end + spec + "      "));
                image("", "");
                same(any("", " ", " # nginx:1.27", "\t# é") + end);
            }
            default -> {
                flow();
                same(any("", " ", " # nginx:1.27") + end);
            }
        }
    }

    private void flow() {
        String quote = any("", "\"", "'");
        image(quote, quote);
    }

    private void image(String open, String close) {
        images++;
        String image = any(IMAGES.toArray(String[]::new));
        boolean escaped = open.equals("\"") && random.nextInt(3) == 0;
        before.append(open)
                .append(escaped ? image.replace("n", "\\u006e").replace("a", "\\u0061") : image)
                .append(close);
        after.append(open).append(NEW_NAMES.get(image)).append(close);
    }

    private void json() {
        String space = any("", " ", end, "\t");
        same(space + "{\"kind\":" + space + "\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"é😀\\\"\"},");
        same("\"spec\":" + space + "{\"containers\":[");
        for (int i = random.nextInt(3); i >= 0; i--) {
            same(space + "{\"args\":[\"nginx\",\"\\\"image\\\": \\\\\"],\"image\"" + space + ":" + space);
            image("\"", "\"");
            same(space + "}" + space + (i == 0 ? "" : ","));
        }
        same("]}}" + any("", end));
    }

    private String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
