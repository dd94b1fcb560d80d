package io.imagegate.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.rule.Rules;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.webhook.WebhookKind;
import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a program of Undertow has the handler, and which path the webhook gets. */
class PrefixTest {

    private static final PolicySet POLICIES = PolicySet.of(
            Policy.builder("test").rule("fixed-tag", Rules.fixedTag()).build());
    private static final PolicyWebhookHandler HANDLER = new PolicyWebhookHandler(PolicyWebhook.builder()
            .route(WebhookKind.VALIDATING, "/validate", ImageGate.of(POLICIES))
            .route(WebhookKind.VALIDATING, "/validate/prod", ImageGate.of(POLICIES))
            .route(WebhookKind.VALIDATING, "/whole/validate", ImageGate.of(POLICIES))
            .build());
    private static final Undertow UNDERTOW = Undertow.builder()
            .addHttpListener(
                    0,
                    "127.0.0.1",
                    new PathHandler()
                            .addPrefixPath("/gate", HANDLER)
                            .addPrefixPath("/a", new PathHandler().addPrefixPath("/b", HANDLER))
                            .addPrefixPath("/validate", HANDLER)
                            .addExactPath("/whole/validate", HANDLER))
            .build();

    @BeforeAll
    static void start() {
        UNDERTOW.start();
    }

    @AfterAll
    static void stop() {
        UNDERTOW.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "/gate/validate, 200",
        "/gate/validate/prod, 200",
        "/a/b/validate, 200",
        "/validate, 200",
        "/validate/prod, 200",
        "/whole/validate, 200",
        "/gate/whole/validate, 200",
        "/gate, 404",
        "/gate/other, 404",
        "/gate/gate/validate, 404",
        "/g%61te/validate, 404",
        "/gate/valid%61te, 404",
        "/gate//validate, 404",
        "/gate/x/../validate, 404",
        "/gatevalidate, 404",
    })
    void answersBelowAPrefixAndAtTheWholePath(String path, int status) throws Exception {
        InetSocketAddress address =
                (InetSocketAddress) UNDERTOW.getListenerInfo().get(0).getAddress();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + address.getPort() + path + "?timeout=5s"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(status);
    }
}
