package io.imagegate.springboot;

import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** A Netty on a free loopback port with filters, as Spring Boot starts one for WebFlux, and an application that answers {@code /other}. */
final class RunningNetty implements AutoCloseable {

    private final List<ReviewWebFilter> filters;
    /** Of its own: an application that ends beside it ends those that all servers share. */
    private final LoopResources threads = LoopResources.create("netty");

    private final DisposableServer server;

    RunningNetty(List<ReviewWebFilter> filters) {
        this.filters = filters;
        WebHandler application = exchange -> {
            boolean found = exchange.getRequest().getPath().value().equals("/other");
            exchange.getResponse().setStatusCode(found ? HttpStatus.NO_CONTENT : HttpStatus.NOT_FOUND);
            return exchange.getResponse().setComplete();
        };
        server = HttpServer.create()
                .runOn(threads)
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(application)
                        .filters(all -> all.addAll(filters))
                        .build()))
                .bindNow();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    @Override
    public void close() {
        server.disposeNow();
        threads.dispose();
        filters.forEach(ReviewWebFilter::close);
    }
}
