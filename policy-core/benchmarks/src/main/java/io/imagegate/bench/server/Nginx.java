package io.imagegate.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** nginx with a constant answer over the same TLS: what TLS and HTTP alone cost, in C. */
final class Nginx {

    static final String NAME = "nginx, constant answer";
    private static final String LOGGING = NAME + ", access log";

    private static final Path PROGRAM = Path.of("/usr/sbin/nginx");

    private Nginx() {}

    /**
     * {@return nginx without and with an access log, if it is installed where Debian puts it} A server that logs has to write
     * a line a request; that it goes to {@code /dev/null} saves the disk and not the line.
     */
    static List<Contestant> find(Path folder, Path certificate, Path key) {
        if (!Files.isExecutable(PROGRAM)) {
            System.out.println("No nginx: no program " + PROGRAM);
            return List.of();
        }
        return List.of(
                contestant(NAME, "off", folder, certificate, key),
                contestant(LOGGING, "/dev/null", folder, certificate, key));
    }

    private static Contestant contestant(String name, String log, Path folder, Path certificate, Path key) {
        return new Contestant(name, port -> command(log, folder, certificate, key, port), Map.of(), false);
    }

    private static List<String> command(String log, Path folder, Path certificate, Path key, int port) {
        Path configuration = folder.resolve("nginx-" + port + ".conf").toAbsolutePath();
        try {
            Files.writeString(configuration, configuration(log, folder, certificate, key, port));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return List.of(PROGRAM.toString(), "-e", "stderr", "-c", configuration.toString());
    }

    /** One process, so that its processor time is all there is, and connections that last as long as the load. */
    private static String configuration(String log, Path folder, Path certificate, Path key, int port) {
        return """
                daemon off;
                master_process off;
                pid %1$s/nginx-%4$d.pid;
                events { worker_connections 1024; }
                http {
                  access_log %5$s;
                  keepalive_requests 1000000000;
                  client_body_temp_path %1$s/nginx-body;
                  proxy_temp_path %1$s/nginx-proxy;
                  fastcgi_temp_path %1$s/nginx-fastcgi;
                  uwsgi_temp_path %1$s/nginx-uwsgi;
                  scgi_temp_path %1$s/nginx-scgi;
                  server {
                    listen 127.0.0.1:%4$d ssl;
                    http2 on;
                    ssl_protocols TLSv1.3;
                    ssl_certificate %2$s;
                    ssl_certificate_key %3$s;
                    default_type application/json;
                    location / { return 200 '{"kind":"ImageReview","apiVersion":"imagepolicy.k8s.io/v1alpha1","status":{"allowed":true}}'; }
                  }
                }
                """.formatted(folder.toAbsolutePath(), certificate.toAbsolutePath(), key.toAbsolutePath(), port, log);
    }
}
