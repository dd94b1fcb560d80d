package io.imagegate.bench.server;

import io.imagegate.cli.crypto.Cryptography;
import io.imagegate.server.tls.TlsContexts;
import io.imagegate.server.tls.TlsFiles;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A bare Undertow handler that reads the body of each request, looks at nothing and answers a constant: the most that a server on
 * Undertow can do. It has the TLS of Imagegate, and nothing else of it.
 */
final class ConstantServer {

    private static final byte[] ANSWER =
            ("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"response\":"
                            + "{\"uid\":\"00000000-0000-4000-8000-000000000000\",\"allowed\":true}}")
                    .getBytes(StandardCharsets.UTF_8);

    /** Undertow's own with enough memory. By the size of the image's heap it would take smaller ones, which are slower. */
    private static final int BUFFER_BYTES = (16 << 10) - 20;

    private ConstantServer() {}

    /**
     * Serves until the process is ended.
     *
     * @param arguments port, certificate file, key file
     */
    public static void main(String[] arguments) {
        Cryptography.install(Cryptography.AUTO);
        Undertow.builder()
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setBufferSize(BUFFER_BYTES)
                .setDirectBuffers(true)
                .addHttpsListener(
                        Integer.parseInt(arguments[0]),
                        "127.0.0.1",
                        TlsContexts.server(TlsFiles.identity(Path.of(arguments[1]), Path.of(arguments[2])), List.of()),
                        exchange -> exchange.getRequestReceiver().receiveFullBytes(ConstantServer::answer))
                .build()
                .start();
    }

    private static void answer(HttpServerExchange exchange, byte[] body) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(ByteBuffer.wrap(ANSWER));
    }
}
