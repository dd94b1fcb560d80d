package io.imagegate.examples.frameworks;

import com.sun.net.httpserver.HttpServer;
import io.imagegate.gate.GateSettings;
import io.imagegate.gate.LiveGate;
import java.net.URI;
import java.util.List;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.Test;

/** The program of the page. */
class ReviewResourceTest {

    @Test
    void answersBelowThePathOfItsApplication() throws Exception {
        GateSettings settings =
                GateSettings.builder().locations(List.of("prod=policy.yaml")).build();
        try (LiveGate gate = settings.open(LiveGate.builder())) {
            ResourceConfig application = new ResourceConfig()
                    .register(new ReviewResource(settings.webhook(gate.gates()).build()));
            HttpServer server =
                    JdkHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:0/gate/"), application);
            try {
                WebhookClient.expectAnswersBelowGate(server.getAddress().getPort());
            } finally {
                server.stop(0);
            }
        }
    }
}
