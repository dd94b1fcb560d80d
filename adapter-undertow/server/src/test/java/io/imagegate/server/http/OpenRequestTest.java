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

    private boolean isStalledAfter(int more) {
        request.pass(Duration.ofMillis(more).toNanos());
        return request.isStalled();
    }

    @Test
    void aBusyServerDoesNotHoldItsOwnTimeAgainstItsClient() throws InterruptedException {
        Thread.sleep(1_100);
        assertThat(isStalledAfter(0)).isFalse();
        assertThat(request.isArrivingLate()).isFalse();
    }

    @Test
    void aClientThatSendsNothingIsSlowAfterASecond() {
        assertThat(isStalledAfter(500)).isFalse();
        assertThat(isStalledAfter(501)).isTrue();
    }

    @Test
    void muchAtOnceEarnsNoMoreThanASecond() {
        request.received(8 << 20);
        assertThat(isStalledAfter(500)).isFalse();
        assertThat(isStalledAfter(501)).isTrue();
    }

    @Test
    void oneThatOthersWaitForIsLateAtLessThanAMebibyteASecond() {
        request.pass(Duration.ofMillis(2_900).toNanos());
        request.received(2 << 20);
        assertThat(request.isArrivingLate()).isFalse();
        request.pass(Duration.ofMillis(200).toNanos());
        assertThat(request.isArrivingLate()).isTrue();
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
