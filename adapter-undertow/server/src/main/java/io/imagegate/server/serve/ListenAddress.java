package io.imagegate.server.serve;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Where a server listens.
 *
 * @param host name or address of one of this machine's interfaces
 * @param port port; 0 for any free one
 * @since 0.1
 */
public record ListenAddress(String host, int port) {

    private static final int HIGHEST_PORT = 65_535;

    /**
     * Checks the port.
     *
     * @throws StartProblem when there is no such port
     */
    public ListenAddress {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new StartProblem("--port " + port + ": expected 0 to " + HIGHEST_PORT);
        }
    }

    /** {@return whether it listens on all interfaces, so that its host is no address to connect to} */
    boolean isAnywhere() {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    /**
     * Starts a server that listens here.
     *
     * @param <S> type of the server
     */
    public interface Start<S> {

        /**
         * Starts it.
         *
         * @param address where it listens
         * @return the server
         * @throws IOException when it cannot listen there
         */
        S on(InetSocketAddress address) throws IOException;
    }

    /**
     * Listens here.
     *
     * @param <S> type of the server
     * @param start starts the server
     * @return the server
     * @throws StartProblem when it cannot listen here
     */
    public <S> S listen(Start<S> start) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new StartProblem("cannot listen on " + this + ": unknown host");
        }
        try {
            return start.on(address);
        } catch (IOException failed) {
            throw new StartProblem("cannot listen on " + this + ": " + failed.getMessage());
        }
    }

    /** {@return host and port as in a URL} */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
