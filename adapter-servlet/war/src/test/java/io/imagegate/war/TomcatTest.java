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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What tests of the WAR in a Tomcat share. A Tomcat takes seconds of a processor to start, an application in it little, so tests have
 * applications of their own in few Tomcats.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class TomcatTest {

    final Path home;

    @TempDir
    Path directory;

    TestIdentity identity;
    HttpClient client;

    @SuppressWarnings("NullAway.Init")
    TomcatTest(String home) {
        this.home = Path.of(System.getProperty(home));
    }

    @BeforeAll
    void prepare() throws Exception {
        identity = TestIdentity.get();
    }

    @BeforeEach
    void connect() throws Exception {
        client = HttpClient.newBuilder().sslContext(identity.trusting()).build();
    }

    /** The element that sets a parameter of an application. */
    static String parameter(String name, Object value) {
        return "<Parameter name=\"" + name + "\" value=\"" + value + "\"/>";
    }

    static String policies(Object value) {
        return parameter("imagegate.policy", value);
    }

    /** Stops a Tomcat, which finds nothing that its applications left. */
    static void stopWithNothingLeft(RunningTomcat tomcat) throws IOException {
        int before = tomcat.log().length();
        tomcat.close();
        assertThat(tomcat.log().substring(before))
                .contains("Destroying ProtocolHandler")
                .doesNotContain(
                        "memory leak", "has failed to stop it", "imagegate-policies", "imagegate-console", "SEVERE");
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

    static HttpRequest request(RunningTomcat tomcat, String path, String image) {
        return HttpRequest.newBuilder(URI.create(tomcat.base() + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"spec\":{\"containers\":[{\"image\":\"" + image + "\"}]}}"))
                .build();
    }

    static void await(RunningTomcat tomcat, String line) throws IOException, InterruptedException {
        tomcat.await(() -> tomcat.log().contains(line));
        assertThat(tomcat.log()).contains(line);
    }
}
