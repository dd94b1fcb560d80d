package io.imagegate.war;

import io.imagegate.servlet.PolicyWebhookServlet;
import io.imagegate.webhook.PolicyWebhook;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Opens the gate when the web application starts, and closes it when the application stops. */
public final class PolicyLoader implements ServletContextListener {

    private static final String GATE = ApplicationGate.class.getName();
    private static final String CONSOLE = ApplicationConsole.class.getName();

    /** Made by the container. */
    public PolicyLoader() {}

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        ApplicationGate gate = new ApplicationGate(
                Setting.find(ApplicationGate.POLICY, context, System::getenv),
                Setting.find(ApplicationGate.REGISTRIES, context, System::getenv),
                Setting.find(ApplicationGate.CLIENT_NAMES, context, System::getenv));
        ApplicationConsole console = ApplicationConsole.of(context, gate);
        context.setAttribute(GATE, gate);
        context.setAttribute(CONSOLE, console);
        context.setAttribute(
                PolicyWebhookServlet.WEBHOOK_ATTRIBUTE,
                PolicyWebhook.builder(gate.gates())
                        .clientNames(gate.clientNames())
                        .listener(console.listener())
                        .build());
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        console(event.getServletContext()).close();
        gate(event.getServletContext()).close();
    }

    /** {@return the gate of this web application} */
    static ApplicationGate gate(ServletContext context) {
        return (ApplicationGate) context.getAttribute(GATE);
    }

    /** {@return the pages of this web application} */
    static ApplicationConsole console(ServletContext context) {
        return (ApplicationConsole) context.getAttribute(CONSOLE);
    }
}
