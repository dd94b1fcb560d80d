package io.imagegate.war;

import io.imagegate.servlet.PolicyWebhookServlet;
import io.imagegate.webhook.PolicyWebhook;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Opens registries and loads the policies when the web application starts, and closes both when it stops. */
public final class PolicyLoader implements ServletContextListener {

    private static final String POLICIES = WatchedPolicies.class.getName();
    private static final String LOOKUP = ContentLookup.class.getName();

    /** Made by the container. */
    public PolicyLoader() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        ContentLookup lookup = ContentLookup.of(Setting.find(ContentLookup.SETTING, context, System::getenv));
        context.setAttribute(LOOKUP, lookup);
        WatchedPolicies policies = Setting.find(WatchedPolicies.SETTING, context, System::getenv)
                .map(setting -> WatchedPolicies.of(setting, lookup.documents()))
                .orElseGet(WatchedPolicies::ofDefault);
        context.setAttribute(POLICIES, policies);
        context.setAttribute(
                PolicyWebhookServlet.WEBHOOK_ATTRIBUTE,
                PolicyWebhook.builder(lookup.gate(policies::policies)).build());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        watched(event.getServletContext()).close();
        lookup(event.getServletContext()).close();
    }

    /** {@return the policies of this web application} */
    static WatchedPolicies watched(ServletContext context) {
        return (WatchedPolicies) context.getAttribute(POLICIES);
    }

    /** {@return the registries of this web application} */
    static ContentLookup lookup(ServletContext context) {
        return (ContentLookup) context.getAttribute(LOOKUP);
    }
}
