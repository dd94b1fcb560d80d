package io.imagegate.war;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.servlet.PolicyWebhookServlet;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The console of the web application")
@Isolated // It looks for a thread.
class ConsoleServletTest {

    private static final String REVIEW = "{\"spec\":{\"containers\":[{\"image\":\"nginx:1.27\"}]}}";

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    /** Headers of a request take the place of its addresses. */
    private static final class Addresses implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            HttpServletRequest http = (HttpServletRequest) request;
            chain.doFilter(
                    new HttpServletRequestWrapper(http) {
                        @Override
                        public String getRemoteAddr() {
                            return Objects.requireNonNullElse(http.getHeader("Test-Remote"), http.getRemoteAddr());
                        }

                        @Override
                        public String getLocalAddr() {
                            return Objects.requireNonNullElse(http.getHeader("Test-Local"), http.getLocalAddr());
                        }
                    },
                    response);
        }
    }

    private void start(@Nullable String names) throws Exception {
        start(names, true);
    }

    private void start(@Nullable String names, boolean isAsync) throws Exception {
        ServletContextHandler context = new ServletContextHandler("/imagegate");
        context.addEventListener(new PolicyLoader());
        if (names != null) {
            context.setInitParameter(ApplicationConsole.NAMES, names);
        }
        FilterHolder filter = new FilterHolder(new Addresses());
        filter.setAsyncSupported(isAsync);
        context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        FilterHolder root = new FilterHolder(new RootRedirect());
        root.setAsyncSupported(true);
        context.addFilter(root, "/*", EnumSet.of(DispatcherType.REQUEST));
        // As Tomcat does, which leads nobody to the root where a servlet answers all paths.
        context.setAllowNullPathInContext(true);
        ServletHolder webhook = new ServletHolder("webhook", new PolicyWebhookServlet());
        webhook.setAsyncSupported(true);
        context.addServlet(webhook, "/*");
        ServletHolder console = new ServletHolder("console", new ConsoleServlet());
        console.setAsyncSupported(true);
        for (String path : List.of("", "/assets/*", "/api/*")) {
            context.addServlet(console, path);
        }
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private Exchange send(String method, String path, String... headers) throws IOException {
        return new Exchange(connector.getLocalPort(), method, path, "", headers);
    }

    private String get(String path, String... headers) throws IOException {
        try (Exchange exchange = send("GET", path, headers)) {
            return exchange.all();
        }
    }

    private String review() throws IOException {
        try (Exchange exchange = new Exchange(
                connector.getLocalPort(), "POST", "/image_policy", REVIEW, "Content-Type: application/json")) {
            return exchange.all();
        }
    }

    /** One request over a connection of its own, and what is answered. */
    private static final class Exchange implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader in;

        Exchange(int port, String method, String path, String body, String... headers) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(20_000);
            List<String> all = new ArrayList<>(List.of(headers));
            if (all.stream().noneMatch(header -> header.startsWith("Host:"))) {
                all.add("Host: 127.0.0.1:" + port);
            }
            all.add("Content-Length: " + body.length());
            all.add("Connection: close");
            OutputStream out = socket.getOutputStream();
            out.write((method + " /imagegate" + path + " HTTP/1.1\r\n"
                            + all.stream().map(header -> header + "\r\n").collect(Collectors.joining()) + "\r\n" + body)
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        /** What is answered until the connection is closed. */
        String all() throws IOException {
            return in.lines().collect(Collectors.joining("\n"));
        }

        /** The next line that starts so. */
        String await(String start) throws IOException {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith(start)) {
                    return line;
                }
            }
            throw new IOException("the stream ended before " + start);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    @DisplayName("is at the context path without a slash, too")
    void contextPath() throws Exception {
        start(null);
        assertThat(get("")).startsWith("HTTP/1.1 302 ").contains("\nLocation: /imagegate/\n");
        assertThat(get("/")).startsWith("HTTP/1.1 200 ").contains("text/html");
        try (Exchange posted = send("POST", "")) {
            assertThat(posted.all()).doesNotContain("Location:");
        }
    }

    @Test
    @DisplayName("is a page with its parts below the context path")
    void page() throws Exception {
        start(null);
        String page = get("/");
        assertThat(page)
                .startsWith("HTTP/1.1 200")
                .contains("Content-Security-Policy: default-src 'none'", "nosniff", "no-store")
                .doesNotContain("Set-Cookie");
        String script = page.replaceFirst("(?s).*(assets/[^\"]+\\.js)\".*", "/$1");
        assertThat(script).startsWith("/assets/").hasSizeLessThan(200);
        assertThat(get(script)).startsWith("HTTP/1.1 200").contains("immutable");
        assertThat(get("/api/state")).contains("\"policySets\":", "fixed-tag", "the default policy (set by default)");
        try (Exchange head = send("HEAD", "/")) {
            assertThat(head.all())
                    .startsWith("HTTP/1.1 200")
                    .contains("Content-Length: ")
                    .doesNotContain("<html");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Test-Remote: 198.51.100.7",
                "Test-Remote: ::ffff:198.51.100.7",
                "Test-Remote: 127.0.0.1.example",
                "Test-Remote: 2001:db8::1",
                "Test-Remote: localhost",
                "Test-Local: 198.51.100.8",
                "X-Forwarded-For: 127.0.0.1",
                "Forwarded: for=198.51.100.7",
                "X-Real-IP: 198.51.100.7",
                "Via: 1.1 proxy",
            })
    @DisplayName("is for nobody else if no host names are set")
    void others(String header) throws Exception {
        start(null);
        for (String path : List.of("/", "/api/state", "/api/decisions", "/assets/x.js")) {
            assertThat(get(path, header))
                    .startsWith("HTTP/1.1 403")
                    .contains("\"kind\":\"Status\"", "imagegate.console-names", "\"code\":403")
                    .doesNotContain("fixed-tag");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Test-Remote: 127.9.9.9",
                "Test-Remote: ::1",
                "Test-Remote: 0:0:0:0:0:0:0:1",
                "Test-Remote: 0:0:0:0:0:0:0:1%lo",
                "Test-Local: ::ffff:127.0.0.1",
            })
    @DisplayName("is for all clients on this machine")
    void loopback(String header) throws Exception {
        start(null);
        assertThat(get("/api/state", header)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, evil.example, 421",
        "GET, /, 127.0.0.1.evil.example, 421",
        "GET, /api/state, evil.example:80, 421",
        "GET, /api/decisions, evil.example, 421",
        "GET, /, localhost, 200",
        "GET, /api/state, LOCALHOST.:8080, 200",
        "GET, /playground, localhost, 404",
        "POST, /api/judge, localhost, 403",
        "GET, /api/judge, localhost, 404",
        "POST, /api/state, localhost, 405",
        "GET, /api/%73tate, localhost, 404",
        "GET, /api/state;a=b, localhost, 404",
        "GET, /assets/..%2fWEB-INF/web.xml, localhost, 4",
        "GET, /assets/web.xml, localhost, 404",
        "GET, /api/decisions/00000000-1, localhost, 404",
        "POST, /, localhost, 404",
        "POST, /, evil.example, 404",
        "DELETE, /, localhost, 404",
    })
    @DisplayName("answers other hosts, methods and paths with what is wrong")
    void refused(String method, String path, String host, String status) throws Exception {
        start(null);
        try (Exchange exchange = send(method, path, "Host: " + host)) {
            assertThat(exchange.all()).startsWith("HTTP/1.1 " + status).doesNotContain("Exception", "\tat ");
        }
    }

    @Test
    @DisplayName("is for every client that asks for one of the host names that are set")
    void named() throws Exception {
        start("gate.example, 198.51.100.8");
        String[] remote = {"Test-Remote: 198.51.100.7", "X-Forwarded-For: 198.51.100.9", ""};
        for (String host : List.of("gate.example:8443", "198.51.100.8", "localhost")) {
            remote[2] = "Host: " + host;
            assertThat(get("/api/state", remote)).startsWith("HTTP/1.1 200");
        }
        remote[2] = "Host: other.example";
        assertThat(get("/api/state", remote))
                .startsWith("HTTP/1.1 421")
                .contains("the setting imagegate.console-names");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gate example", "", "gate.example,,", "https://gate.example"})
    @DisplayName("says that the setting is invalid, and is for this machine alone; reviews are answered")
    void invalid(String names) throws Exception {
        start(names);
        assertThat(get("/api/state"))
                .contains("The setting of host names is invalid", "(set by context parameter imagegate.console-names)");
        assertThat(get("/api/state", "Test-Remote: 198.51.100.7", "Host: gate.example"))
                .startsWith("HTTP/1.1 403");
        assertThat(review()).contains("\"allowed\":true");
    }

    @Test
    @DisplayName("shows decisions as they come, also to several browsers, up to 16")
    void decisions() throws Exception {
        start(null);
        List<Exchange> streams = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) {
                streams.add(send("GET", "/api/decisions"));
                streams.get(i).await(": ");
            }
            assertThat(get("/api/decisions")).contains("event: full", "\"streams\": 16");
            assertThat(review()).contains("\"allowed\":true");
            for (Exchange stream : streams) {
                assertThat(stream.await("data: ")).contains("nginx:1.27");
            }
        } finally {
            for (Exchange stream : streams) {
                stream.close();
            }
        }
    }

    @Test
    @DisplayName("answers reviews and pages beside a browser that reads nothing")
    void slow() throws Exception {
        start(null);
        try (Exchange slow = send("GET", "/api/decisions");
                Exchange other = send("GET", "/api/decisions")) {
            for (int i = 0; i < 100; i++) {
                review();
            }
            assertThat(other.await("data: ")).contains("nginx:1.27");
            assertThat(get("/api/state")).startsWith("HTTP/1.1 200");
            assertThat(slow.await("data: ")).contains("nginx:1.27");
        }
    }

    @Test
    @DisplayName("ends its streams and their thread when the application is stopped")
    void stopped() throws Exception {
        start(null);
        try (Exchange stream = send("GET", "/api/decisions")) {
            stream.await(": ");
            assertThat(threads()).contains("imagegate-console");
            server.getHandler().stop();
            assertThat(threads()).doesNotContain("imagegate-console");
            assertThat(stream.all()).doesNotContain("data:");
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    @Test
    @DisplayName("says so if a filter of the container allows no streams")
    void notAsynchronous() throws Exception {
        start(null, false);
        assertThat(get("/api/decisions")).startsWith("HTTP/1.1 503").contains("asynchronous");
        assertThat(get("/api/state")).startsWith("HTTP/1.1 200");
    }
}
