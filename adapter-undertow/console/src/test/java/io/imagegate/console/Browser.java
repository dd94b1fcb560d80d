package io.imagegate.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.TreeMap;

/** Makes requests as a browser sends them that shows a page of this machine. */
final class Browser {

    private final WebPages pages;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Browser(WebPages pages) {
        this.pages = pages;
        headers.put("Host", "localhost:8480");
    }

    /** Sets a header; an empty value leaves it out. */
    Browser with(String name, String value) {
        if (value.isEmpty()) {
            headers.remove(name);
        } else {
            headers.put(name, value);
        }
        return this;
    }

    PageAnswer send(String method, String path) {
        return send(method, path, new byte[0]);
    }

    PageAnswer send(String method, String path, byte[] body) {
        return pages.answer(new PageRequest(method, path, headers::get, body));
    }

    PageAnswer get(String path) {
        return send("GET", path);
    }

    /** Posts as the script of a page does. */
    PageAnswer judge(String json) {
        headers.putIfAbsent("Content-Type", "application/json");
        headers.putIfAbsent("Origin", "http://" + headers.get("Host"));
        return send("POST", "/api/judge", json.getBytes(UTF_8));
    }

    int limit(String method, String path) {
        return pages.bodyLimit(new PageRequest(method, path, headers::get, new byte[0]));
    }

    static String text(PageAnswer answer) {
        return new String(answer.body(), UTF_8);
    }
}
