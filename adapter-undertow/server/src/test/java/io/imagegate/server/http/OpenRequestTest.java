package io.imagegate.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.http.OpenRequest.Phase;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When the client of a request counts as slow. */
class OpenRequestTest {

    private final AtomicLong clientTime = new AtomicLong(5);
    private final OpenRequest request = new OpenRequest(exchange(), new Permits(1), new Permits(1), clientTime::get);

    private static HttpServerExchange exchange() {
        HttpServerExchange exchange = new HttpServerExchange(null);
        exchange.setRequestURI("/image_policy");
        exchange.setQueryString("");
        return exchange;
    }

    private void pass(int millis) {
        clientTime.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    private boolean isStalledAfter(int more) {
        pass(more);
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
        pass(2_900);
        request.received(2 << 20);
        assertThat(request.isArrivingLate()).isFalse();
        pass(200);
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
