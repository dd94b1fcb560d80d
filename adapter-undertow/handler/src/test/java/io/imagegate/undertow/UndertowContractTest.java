package io.imagegate.undertow;

import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.webhook.WebhookContract;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of every adapter, in Undertow. */
class UndertowContractTest extends WebhookContract {

    private static final Undertow UNDERTOW = Undertow.builder()
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
            .addHttpListener(0, "127.0.0.1", new PolicyWebhookHandler(PolicyWebhook.of(WebhookContract::policies)))
            .build();

    @BeforeAll
    static void start() {
        UNDERTOW.start();
    }

    @AfterAll
    static void stop() {
        UNDERTOW.stop();
    }

    @Override
    protected URI base() {
        InetSocketAddress address =
                (InetSocketAddress) UNDERTOW.getListenerInfo().get(0).getAddress();
        return URI.create("http://127.0.0.1:" + address.getPort());
    }
}
