package io.imagegate.war;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the WAR in a Tomcat share; most tests start a Tomcat of their own. */
abstract class TomcatTest {

    final Path home;

    @TempDir
    Path directory;

    TestIdentity identity;
    CatalinaBase base;
    HttpClient client;

    @SuppressWarnings("NullAway.Init")
    TomcatTest(String home) {
        this.home = Path.of(System.getProperty(home));
    }

    @BeforeEach
    void prepare() throws Exception {
        identity = TestIdentity.get();
        base = CatalinaBase.create(directory.resolve("base"), home, identity);
        client = HttpClient.newBuilder().sslContext(identity.trusting()).build();
    }

    RunningTomcat start(List<String> options, Map<String, String> environment) throws Exception {
        return new RunningTomcat(home, base, options, environment);
    }

    HttpResponse<String> get(RunningTomcat tomcat, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(tomcat.base() + path)).build(), BodyHandlers.ofString());
    }

    /** What the console shows about policies and registries. */
    String state(RunningTomcat tomcat) throws IOException, InterruptedException {
        HttpResponse<String> state = get(tomcat, "/api/state");
        assertThat(state.statusCode()).isEqualTo(200);
        return state.body();
    }

    String review(RunningTomcat tomcat, String image) throws IOException, InterruptedException {
        return review(tomcat, "/image_policy", image);
    }

    String review(RunningTomcat tomcat, String path, String image) throws IOException, InterruptedException {
        return client.send(request(tomcat, path, image), BodyHandlers.ofString())
                .body();
    }

    static HttpRequest request(RunningTomcat tomcat, String image) {
        return request(tomcat, "/image_policy", image);
    }

    private static HttpRequest request(RunningTomcat tomcat, String path, String image) {
        return HttpRequest.newBuilder(URI.create(tomcat.base() + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"spec\":{\"containers\":[{\"image\":\"" + image + "\"}]}}"))
                .build();
    }

    static void await(RunningTomcat tomcat, String line) throws IOException, InterruptedException {
        for (int i = 0; i < 600 && !tomcat.log().contains(line); i++) {
            Thread.sleep(50);
        }
        assertThat(tomcat.log()).contains(line);
    }
}
