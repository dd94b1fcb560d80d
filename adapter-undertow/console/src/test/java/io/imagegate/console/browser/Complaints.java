package io.imagegate.console.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.openqa.selenium.json.Json;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.Logs;

/**
 * What a browser complains of: errors and warnings of its console, to which violations of the policy of content belong, dialogs, and
 * requests to another origin.
 *
 * @param requests the requests to the origin itself
 */
record Complaints(List<String> all, List<String> requests) {

    static Complaints of(Logs logs, String origin) {
        List<String> complaints = new ArrayList<>();
        for (LogEntry entry : logs.get(LogType.BROWSER)) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
                complaints.add(entry.getMessage());
            }
        }
        List<String> requests = new ArrayList<>();
        messages(logs).forEach(message -> {
            switch (text(message, "method")) {
                case "Network.requestWillBeSent" ->
                    note(text(message, "params", "request", "url"), origin, complaints, requests);
                case "Network.webSocketCreated" -> complaints.add("web socket " + text(message, "params", "url"));
                case "Page.javascriptDialogOpening" -> complaints.add("dialog " + text(message, "params", "message"));
                default -> {}
            }
        });
        return new Complaints(complaints, requests);
    }

    Complaints and(Complaints later) {
        return new Complaints(joined(all, later.all), joined(requests, later.requests));
    }

    private static List<String> joined(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    private static void note(String url, String origin, List<String> complaints, List<String> requests) {
        if (url.startsWith(origin + "/")) {
            requests.add(url.substring(origin.length()));
        } else if (!url.startsWith("data:") && !url.startsWith("chrome:")) {
            complaints.add("request to " + url);
        }
    }

    private static Stream<Map<?, ?>> messages(Logs logs) {
        Json json = new Json();
        return StreamSupport.stream(logs.get(LogType.PERFORMANCE).spliterator(), false)
                .map(entry -> (Map<?, ?>) json.<Map<String, Object>>toType(entry.getMessage(), Json.MAP_TYPE))
                .map(entry -> (Map<?, ?>) entry.get("message"));
    }

    private static String text(Map<?, ?> message, String... path) {
        Object value = message;
        for (String name : path) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return String.valueOf(value);
    }
}
