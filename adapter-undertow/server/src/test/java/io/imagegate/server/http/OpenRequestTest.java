package io.imagegate.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.http.OpenRequest.Phase;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When the client of a request counts as slow. */
class OpenRequestTest {

    private final OpenRequest request = new OpenRequest(exchange(), new Budget(1), new Budget(1));

    private static HttpServerExchange exchange() {
        HttpServerExchange exchange = new HttpServerExchange(null);
        exchange.setRequestURI("/image_policy");
        exchange.setQueryString("");
        return exchange;
    }

    private boolean isStalledAfter(int millis) {
        return request.isStalled(System.nanoTime() + Duration.ofMillis(millis).toNanos());
    }

    @Test
    void aClientThatSendsNothingIsSlowAfterASecond() {
        assertThat(isStalledAfter(500)).isFalse();
        assertThat(isStalledAfter(1_001)).isTrue();
    }

    @Test
    void muchAtOnceEarnsNoMoreThanASecond() {
        request.received(8 << 20);
        assertThat(isStalledAfter(500)).isFalse();
        assertThat(isStalledAfter(1_001)).isTrue();
    }

    @Test
    void whatTheServerDelaysIsNotTheClientsFault() {
        for (Phase phase : Phase.values()) {
            request.enter(phase);
            assertThat(isStalledAfter(1_001))
                    .as(phase.toString())
                    .isEqualTo(phase == Phase.ARRIVING || phase == Phase.ANSWERED);
        }
    }
}
