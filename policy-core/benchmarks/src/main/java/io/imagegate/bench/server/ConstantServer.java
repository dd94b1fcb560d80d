package io.imagegate.bench.server;

import io.imagegate.server.tls.TlsContexts;
import io.imagegate.server.tls.TlsFiles;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A bare Undertow handler that answers a constant and looks at nothing: the most that a server on Undertow can do. */
final class ConstantServer {

    private static final byte[] ANSWER =
            "{\"kind\":\"ImageReview\",\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\",\"status\":{\"allowed\":true}}"
                    .getBytes(StandardCharsets.UTF_8);

    private ConstantServer() {}

    /**
     * Serves until the process is ended.
     *
     * @param arguments port, certificate file, key file
     */
    public static void main(String[] arguments) {
        Undertow.builder()
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .addHttpsListener(
                        Integer.parseInt(arguments[0]),
                        "127.0.0.1",
                        TlsContexts.server(TlsFiles.identity(Path.of(arguments[1]), Path.of(arguments[2])), List.of()),
                        exchange -> {
                            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
                            exchange.getResponseSender().send(ByteBuffer.wrap(ANSWER));
                        })
                .build()
                .start();
    }
}
