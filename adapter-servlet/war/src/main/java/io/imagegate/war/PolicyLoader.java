package io.imagegate.war;

import io.imagegate.servlet.PolicyWebhookServlet;
import io.imagegate.webhook.PolicyWebhook;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Loads the policies when the web application starts, and closes them when it stops. */
public final class PolicyLoader implements ServletContextListener {

    private static final String POLICIES = WatchedPolicies.class.getName();

    /** Made by the container. */
    public PolicyLoader() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        WatchedPolicies policies = PolicySetting.find(context, System::getenv)
                .map(WatchedPolicies::of)
                .orElseGet(WatchedPolicies::ofDefault);
        context.setAttribute(POLICIES, policies);
        context.setAttribute(PolicyWebhookServlet.WEBHOOK_ATTRIBUTE, PolicyWebhook.of(policies::policies));
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        watched(event.getServletContext()).close();
    }

    /** {@return the policies of this web application} */
    static WatchedPolicies watched(ServletContext context) {
        return (WatchedPolicies) context.getAttribute(POLICIES);
    }
}
