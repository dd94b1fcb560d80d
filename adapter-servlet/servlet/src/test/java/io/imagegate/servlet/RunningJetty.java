package io.imagegate.servlet;

import java.net.URI;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A Jetty on a free loopback port, with one web application in it. */
final class RunningJetty implements AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final ServletContextHandler context;

    RunningJetty(ServletContextHandler context) {
        this.context = context;
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
    }

    ServletContextHandler context() {
        return context;
    }

    RunningJetty start() throws Exception {
        server.start();
        return this;
    }

    /** {@return the address of the application, without a slash at the end} */
    URI base() {
        String path = context.getContextPath();
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + (path.equals("/") ? "" : path));
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("Jetty did not stop", e);
        }
    }
}
