package io.imagegate.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** Sends attacks in turn, as fast as they are answered, and counts the answers. */
final class HostileClient implements Runnable {

    /** No answer within this is none. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient client;
    private final URI url;
    private final int first;
    private final long end;
    private final ConcurrentMap<HostileReview, ConcurrentMap<String, LongAdder>> answers;

    /** A client that begins with some attack, and stops at a time of {@link System#nanoTime}. */
    HostileClient(
            HttpClient client,
            URI url,
            int first,
            long end,
            ConcurrentMap<HostileReview, ConcurrentMap<String, LongAdder>> answers) {
        this.client = client;
        this.url = url;
        this.first = first;
        this.end = end;
        this.answers = answers;
    }

    @Override
    public void run() {
        HostileReview[] attacks = HostileReview.values();
        for (int turn = first; System.nanoTime() - end < 0; turn++) {
            HostileReview attack = attacks[turn % attacks.length];
            answers.computeIfAbsent(attack, any -> new ConcurrentHashMap<>())
                    .computeIfAbsent(send(attack), any -> new LongAdder())
                    .increment();
        }
    }

    private String send(HostileReview attack) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(attack.body()))
                .build();
        try {
            return verdict(client.send(request, BodyHandlers.ofString()));
        } catch (IOException failed) {
            return failed.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private static String verdict(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            return Integer.toString(answer.statusCode());
        }
        return answer.body().contains("\"allowed\":true") ? "allowed" : "denied";
    }

    /** One line for each attack. */
    static String table(Map<HostileReview, ? extends Map<String, LongAdder>> answers) {
        StringBuilder table = new StringBuilder(String.format("%-22s %12s  answered%n", "attack", "bytes each"));
        for (HostileReview attack : HostileReview.values()) {
            table.append(String.format("%-22s %,12d  %s%n", attack, attack.body().length, answers.get(attack)));
        }
        return table.toString();
    }
}
