package io.imagegate.registry;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** An answer of a registry, whose body has been read. */
final class Response {

    private final HttpResponse<byte[]> response;

    Response(HttpResponse<byte[]> response) {
        this.response = response;
    }

    int status() {
        return response.statusCode();
    }

    byte[] body() {
        return response.body();
    }

    URI uri() {
        return response.uri();
    }

    Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    List<String> headers(String name) {
        return response.headers().allValues(name);
    }

    boolean isRedirect() {
        return switch (status()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }
}
