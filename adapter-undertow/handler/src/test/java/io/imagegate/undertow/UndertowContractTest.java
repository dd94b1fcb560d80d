package io.imagegate.undertow;

import io.imagegate.webhook.Mishap;
import io.imagegate.webhook.WebhookContract;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.PathHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract of every adapter, in Undertow. */
@Tag("slow")
class UndertowContractTest extends WebhookContract {

    private static final Undertow UNDERTOW = Undertow.builder()
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, -1L)
            .addHttpListener(0, "127.0.0.1", handler())
            .build();

    private static HttpHandler handler() {
        PathHandler paths = new PathHandler(new PolicyWebhookHandler(WebhookContract.webhook()));
        Mishap.all().forEach(mishap -> paths.addExactPath(mishap.path(), new PolicyWebhookHandler(mishap.webhook())));
        return paths;
    }

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
