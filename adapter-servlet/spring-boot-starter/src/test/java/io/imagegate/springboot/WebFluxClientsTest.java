package io.imagegate.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.webhook.ClientNames;
import io.imagegate.webhook.PolicyWebhook;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Which clients may ask an application with WebFlux. Any certificate will do, since the server verifies it. */
class WebFluxClientsTest {

    private static X509Certificate certificate() throws Exception {
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init((KeyStore) null);
        return Arrays.stream(((X509TrustManager) managers.getTrustManagers()[0]).getAcceptedIssuers())
                .filter(certificate -> commonName(certificate) != null)
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable String commonName(X509Certificate certificate) {
        return ClientNames.of(certificate).stream()
                .filter(name -> name.startsWith("cn:") && !name.contains(",") && !name.contains("="))
                .findFirst()
                .orElse(null);
    }

    private static MockServerHttpResponse answer(String names, X509Certificate @Nullable ... chain) {
        PolicyWebhook webhook = PolicyWebhook.builder(ImageGate.of(PolicySet.of(Policy.byDefault())))
                .clientNames(ClientNames.parse(List.of(names)))
                .build();
        MockServerWebExchange plain = MockServerWebExchange.from(MockServerHttpRequest.post("/validate")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"spec\":{\"containers\":[{\"image\":\"nginx:1\"}]}}"));
        ServerWebExchange exchange = chain == null
                ? plain
                : plain.mutate()
                        .request(request -> request.sslInfo(new SslInfo() {
                            @Override
                            public @Nullable String getSessionId() {
                                return null;
                            }

                            @Override
                            public X509Certificate @Nullable [] getPeerCertificates() {
                                return chain;
                            }
                        }))
                        .build();
        try (ReviewWebFilter filter = new ReviewWebFilter(webhook, List.of("/validate"))) {
            filter.filter(exchange, other -> Mono.error(new IllegalStateException("passed on")))
                    .block();
        }
        return plain.getResponse();
    }

    private static int status(MockServerHttpResponse answer) {
        return Objects.requireNonNull(answer.getStatusCode()).value();
    }

    @Test
    @DisplayName("a client needs one of the names in its certificate")
    void names() throws Exception {
        X509Certificate certificate = certificate();
        String name = Objects.requireNonNull(commonName(certificate));
        MockServerHttpResponse allowed = answer("other," + name, certificate);
        assertThat(status(allowed)).isEqualTo(200);
        assertThat(allowed.getBodyAsString().block()).contains("\"allowed\":true");
        MockServerHttpResponse refused = answer("cn:other", certificate);
        assertThat(status(refused)).isEqualTo(403);
        assertThat(refused.getBodyAsString().block()).contains("none of the accepted names");
        assertThat(status(answer(name))).isEqualTo(403);
        MockServerHttpResponse withoutTls = answer(name, (X509Certificate[]) null);
        assertThat(status(withoutTls)).isEqualTo(403);
        assertThat(withoutTls.getBodyAsString().block()).contains("the client has no certificate");
    }
}
