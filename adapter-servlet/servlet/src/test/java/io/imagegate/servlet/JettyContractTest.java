package io.imagegate.servlet;

import io.imagegate.webhook.Mishap;
import io.imagegate.webhook.WebhookContract;
import java.net.URI;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract of every adapter, in Jetty 12, below a context path. */
@Tag("slow")
class JettyContractTest extends WebhookContract {

    private static final RunningJetty JETTY = new RunningJetty(new ServletContextHandler("/gate"));

    @BeforeAll
    static void start() throws Exception {
        JETTY.context().addServlet(new ServletHolder(new PolicyWebhookServlet(WebhookContract.webhook())), "/*");
        for (Mishap mishap : Mishap.all()) {
            JETTY.context().addServlet(new ServletHolder(new PolicyWebhookServlet(mishap.webhook())), mishap.path());
        }
        JETTY.start();
    }

    @AfterAll
    static void stop() {
        JETTY.close();
    }

    /** Jetty itself refuses paths that it finds ambiguous. */
    @Override
    protected Set<Integer> refusals() {
        return Set.of(400, 404);
    }

    @Override
    protected URI base() {
        return JETTY.base();
    }
}
