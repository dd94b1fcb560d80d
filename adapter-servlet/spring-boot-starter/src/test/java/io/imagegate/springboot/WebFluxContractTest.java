package io.imagegate.springboot;

import io.imagegate.webhook.Mishap;
import io.imagegate.webhook.WebhookContract;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract of every adapter, with WebFlux in Netty. */
@Tag("full")
class WebFluxContractTest extends WebhookContract {

    private static RunningNetty netty;

    @BeforeAll
    static void start() {
        List<ReviewWebFilter> filters = new ArrayList<>();
        Mishap.all().forEach(mishap -> filters.add(new ReviewWebFilter(mishap.webhook(), List.of(mishap.path()))));
        filters.add(new ReviewWebFilter(WebhookContract.webhook(), List.of("/**")));
        netty = new RunningNetty(filters);
    }

    @AfterAll
    static void stop() {
        netty.close();
    }

    /** Netty itself refuses what it does not read as a path. */
    @Override
    protected Set<Integer> refusals() {
        return Set.of(400, 404);
    }

    @Override
    protected URI base() {
        return netty.base();
    }
}
