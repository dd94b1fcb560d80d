package io.imagegate.cli.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A server on loopback that answers with any bytes, one request a connection. */
final class RawServer implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Answer> answers = Collections.synchronizedMap(new LinkedHashMap<>());

    /** Writes an answer to a request; the connection is closed behind it. */
    @FunctionalInterface
    interface Answer {
        void write(OutputStream out, String request) throws IOException, InterruptedException;
    }

    RawServer() throws IOException {
        Thread thread = new Thread(this::accept, "raw server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Answers requests whose path and query contain a text; the first text that fits counts. */
    RawServer on(String part, Answer answer) {
        answers.put(part, answer);
        return this;
    }

    /** {@return an answer with a status, headers and a body} */
    static Answer answer(String head, byte[] body) {
        return (out, request) -> {
            head(out, head);
            out.write(body);
        };
    }

    static Answer json(String body) {
        return answer("200 OK\r\nContent-Type: application/json", body.getBytes(UTF_8));
    }

    static void head(OutputStream out, String head) throws IOException {
        out.write(("HTTP/1.1 " + head + "\r\nConnection: close\r\n\r\n").getBytes(ISO_8859_1));
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread thread = new Thread(() -> answer(socket), "raw answer");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            String line = in.readLine();
            if (line == null) {
                return;
            }
            while (!String.valueOf(in.readLine()).isEmpty()) {
                // The head of the request.
            }
            String request = line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
            requests.add(request);
            Answer answer;
            synchronized (answers) {
                answer = answers.entrySet().stream()
                        .filter(entry -> request.contains(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(json("{}"));
            }
            answer.write(socket.getOutputStream(), request);
            socket.shutdownOutput();
        } catch (IOException gone) {
            // The client has read enough.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
