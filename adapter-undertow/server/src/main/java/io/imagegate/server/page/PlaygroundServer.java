package io.imagegate.server.page;

import io.imagegate.console.Playground;
import io.imagegate.console.WebPages;
import io.imagegate.server.undertow.PlainServer;
import io.imagegate.signature.Verifier;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Serves the playground alone. */
public final class PlaygroundServer {

    private PlaygroundServer() {}

    /**
     * Starts a server.
     *
     * @param address where it listens, on the loopback interface
     * @return the server, which accepts connections
     * @throws IOException when it cannot listen there
     */
    public static PlainServer start(InetSocketAddress address) throws IOException {
        return PageServer.start(
                address,
                WebPages.builder()
                        .playground(new Playground(root -> Verifier.requireTrustedRoot(root)))
                        .build());
    }
}
