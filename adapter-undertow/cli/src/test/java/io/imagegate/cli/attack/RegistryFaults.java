package io.imagegate.cli.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** What registries may do wrong, on purpose or not. */
final class RegistryFaults {

    private static final byte[] NOTHING = {};
    private static final byte[] BOMB = bomb();

    private RegistryFaults() {}

    /** All faults by name. None of them says that something does not exist, which a registry may always say. */
    static Map<String, RegistryFault> all(String elsewhere) {
        Map<String, RegistryFault> all = new LinkedHashMap<>();
        all.put("no answer", (client, asked) -> end(client, 5_000));
        all.put("closed", (client, asked) -> false);
        all.put("reset", (client, asked) -> reset(client));
        all.put("reset in the body", (client, asked) -> {
            send(client, head(asked, 200, asked.honest().body().length + 10) + "{\"schema");
            return reset(client);
        });
        all.put("a byte in 50 ms", RegistryFaults::drip);
        all.put("half a body", (client, asked) -> {
            byte[] half = new String(asked.honest().body(), ISO_8859_1)
                    .substring(0, asked.honest().body().length / 2)
                    .getBytes(ISO_8859_1);
            return whole(client, asked, 200, "", half);
        });
        all.put("a changed byte", (client, asked) -> {
            byte[] changed = asked.honest().body().clone();
            if (changed.length > 0) {
                changed[changed.length / 3] ^= 1;
            }
            return whole(client, asked, 200, "", changed);
        });
        all.put(
                "another digest",
                (client, asked) -> whole(
                        client,
                        new RegistryFault.Asked(
                                asked.method(),
                                asked.target(),
                                new RegistryFault.Honest(
                                        200,
                                        "Content-Type: text/html\r\n",
                                        asked.honest().body())),
                        200,
                        "Docker-Content-Digest: sha256:" + "0".repeat(64) + "\r\n",
                        asked.honest().body()));
        all.put(
                "brackets",
                (client, asked) ->
                        whole(client, asked, 200, "", "[".repeat(1 << 20).getBytes(ISO_8859_1)));
        all.put("gzip bomb", (client, asked) -> whole(client, asked, 200, "Content-Encoding: gzip\r\n", BOMB));
        all.put(
                "endless body",
                (client, asked) -> endless(client, head(asked, 200, -1), "fff8\r\n" + "x".repeat(0xfff8) + "\r\n"));
        all.put(
                "endless head",
                (client, asked) -> endless(client, "HTTP/1.1 200 OK\r\n", "X: " + "x".repeat(8_000) + "\r\n"));
        all.put("endless 1xx", (client, asked) -> endless(client, "", "HTTP/1.1 100 Continue\r\n\r\n".repeat(100)));
        all.put("a huge length", (client, asked) -> {
            send(client, head(asked, 200, Long.MAX_VALUE) + "{");
            return end(client, 1_000);
        });
        all.put("no HTTP", (client, asked) -> {
            send(client, "SSH-2.0-OpenSSH_9.2\r\n\r\n\u0000\u0001");
            return false;
        });
        all.put("redirect to itself", (client, asked) -> redirect(client, asked, asked.target()));
        all.put(
                "redirect elsewhere",
                (client, asked) -> redirect(client, asked, "http://" + elsewhere + asked.target()));
        all.put("redirect to TLS elsewhere", (client, asked) -> redirect(client, asked, "https://" + elsewhere + "/"));
        all.put(
                "token service elsewhere",
                (client, asked) -> whole(
                        client,
                        asked,
                        401,
                        "WWW-Authenticate: Bearer realm=\"https://" + elsewhere + "/t\"\r\n",
                        NOTHING));
        all.put(
                "pages without end",
                (client, asked) -> whole(
                        client,
                        asked,
                        200,
                        "Link: <" + asked.target().replaceAll("\\?.*", "") + "?n=" + System.nanoTime()
                                + ">; rel=\"next\"\r\n",
                        asked.honest().status() == 200
                                ? asked.honest().body()
                                : "{\"manifests\":[]}".getBytes(ISO_8859_1)));
        for (int status : new int[] {204, 206, 302, 400, 403, 407, 418, 500, 502, 503}) {
            all.put("status " + status, (client, asked) -> whole(client, asked, status, "", NOTHING));
        }
        all.put("status 429", (client, asked) -> whole(client, asked, 429, "Retry-After: 0\r\n", NOTHING));
        return all;
    }

    private static byte[] bomb() {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                out.write(zeros);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bomb.toByteArray();
    }

    /** Answers as the honest registry does. */
    static boolean asItIs(Socket client, RegistryFault.Asked asked) throws IOException {
        return whole(client, asked, asked.honest().status(), "", asked.honest().body());
    }

    /** Answers so after a time. */
    static boolean late(Socket client, RegistryFault.Asked asked, int millis) throws IOException {
        end(client, millis);
        return asItIs(client, asked);
    }

    private static boolean whole(Socket client, RegistryFault.Asked asked, int status, String headers, byte[] body)
            throws IOException {
        boolean without = status == 204;
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        String length = without ? "" : "Content-Length: " + body.length + "\r\n";
        answer.writeBytes(("HTTP/1.1 " + status + " Any\r\n" + asked.honest().headers() + headers + length + "\r\n")
                .getBytes(ISO_8859_1));
        if (!asked.isHead() && !without) {
            answer.writeBytes(body);
        }
        client.getOutputStream().write(answer.toByteArray());
        return true;
    }

    private static String head(RegistryFault.Asked asked, int status, long length) {
        return "HTTP/1.1 " + status + " Any\r\n" + asked.honest().headers()
                + (length < 0 ? "Transfer-Encoding: chunked" : "Content-Length: " + length) + "\r\n\r\n";
    }

    private static boolean redirect(Socket client, RegistryFault.Asked asked, String to) throws IOException {
        return whole(client, asked, 307, "Location: " + to + "\r\n", NOTHING);
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    private static boolean reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
        return false;
    }

    private static boolean drip(Socket client, RegistryFault.Asked asked) throws IOException {
        send(client, head(asked, 200, asked.honest().body().length));
        for (byte one : asked.honest().body()) {
            client.getOutputStream().write(one);
            end(client, 50);
        }
        return false;
    }

    /** Sends without end, which the client makes. */
    private static boolean endless(Socket client, String first, String again) throws IOException {
        send(client, first);
        byte[] bytes = again.getBytes(ISO_8859_1);
        OutputStream out = client.getOutputStream();
        while (true) {
            out.write(bytes);
        }
    }

    private static boolean end(Socket client, int millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            client.close();
        }
        return false;
    }
}
