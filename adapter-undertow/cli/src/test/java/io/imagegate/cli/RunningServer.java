package io.imagegate.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;

/** A server that tests ask: the built jar, or its classes in this process. */
abstract class RunningServer implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final String url;
    private final @Nullable String management;

    /**
     * Knows where it answers.
     *
     * @param url of reviews
     * @param management where its management port listens, if it has one
     */
    RunningServer(String url, @Nullable String management) {
        this.url = url;
        this.management = management;
    }

    /** Where it answers reviews. */
    final String url() {
        return url;
    }

    final int port() {
        return URI.create(url).getPort();
    }

    private String management() throws IOException {
        if (management == null) {
            throw new IOException("no management port: " + this);
        }
        return management;
    }

    /** Where the management port listens. */
    final int managementPort() throws IOException {
        return URI.create(management()).getPort();
    }

    /** What the management port answers: the status, a space and the text. */
    final String manage(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(management() + path)).build();
        HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
        return answer.statusCode() + " " + answer.body();
    }

    /** Whether reviews should be sent there. */
    final boolean isReady() throws InterruptedException {
        try {
            return manage("/readyz").startsWith("200 ");
        } catch (IOException gone) {
            return false;
        }
    }

    /** The value of a metric as it stands in a line that begins so. */
    final double metric(String name) throws IOException, InterruptedException {
        return manage("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    @Override
    public abstract void close() throws IOException;
}
