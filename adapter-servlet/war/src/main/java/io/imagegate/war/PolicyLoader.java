package io.imagegate.war;

import io.imagegate.servlet.PolicyWebhookServlet;
import io.imagegate.webhook.PolicyWebhook;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Finds the policies when the web application starts, keeps them while it runs, and lets go of them when it stops. */
public final class PolicyLoader implements ServletContextListener {

    private static final String KEEPER = PolicyKeeper.class.getName();

    /** Made by the container. */
    public PolicyLoader() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        PolicyKeeper keeper = PolicySetting.find(context, System::getenv)
                .map(PolicyKeeper::of)
                .orElseGet(PolicyKeeper::ofDefault);
        context.setAttribute(KEEPER, keeper);
        context.setAttribute(PolicyWebhookServlet.WEBHOOK_ATTRIBUTE, PolicyWebhook.of(keeper::policies));
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        keeper(event.getServletContext()).close();
    }

    /** {@return what keeps the policies of this web application} */
    static PolicyKeeper keeper(ServletContext context) {
        return (PolicyKeeper) context.getAttribute(KEEPER);
    }
}
