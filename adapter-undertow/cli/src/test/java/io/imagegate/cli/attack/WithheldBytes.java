package io.imagegate.cli.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;

/** Crowds of clients that send all but the last bytes of something. A connection that the server closes is opened again. */
final class WithheldBytes {

    private static final String REVIEW = "POST /image_policy";
    private static final int CROWD = 300;
    private static final int SMALL_CROWD = 200;
    private static final int PARTS = 10;
    private static final int PACE_MILLIS = 1_000;
    private static final int SMALL_BODY = 64 << 10;
    private static final int LARGEST_BODY = 8 << 20;

    /** The head of a TLS record of 16 KiB with application data, and half of its content. */
    private static final byte[] PART_OF_RECORD = Arrays.copyOf(new byte[] {23, 3, 3, 0x40, 0}, 8 << 10);

    private WithheldBytes() {}

    /** One client of a crowd. */
    @FunctionalInterface
    private interface Client {

        /** Connects and sends what it sends; the connection stays open. */
        Socket begin(Adversary adversary) throws IOException;
    }

    static Map<String, Attack> all() {
        Map<String, Attack> all = new LinkedHashMap<>();
        all.put("300 parts of a head and of a TLS record", a -> crowd(a, CROWD, WithheldBytes::partOfHead));
        all.put("300 bodies of 8 MB and a part of a TLS record", a -> crowd(a, CROWD, WithheldBytes::partOfBody));
        all.put("200 bodies of 64 KiB but for a byte beside 8 MiB", WithheldBytes::lastByte);
        return all;
    }

    /** Keeps so many clients connected. While the server accepts none, each part of the crowd waits in a thread of its own. */
    private static void crowd(Adversary adversary, int size, Client client) throws InterruptedException {
        List<Thread> parts = new ArrayList<>();
        for (int i = 0; i < PARTS; i++) {
            parts.add(part(adversary, size / PARTS, client));
        }
        for (Thread part : parts) {
            part.join();
        }
    }

    private static Thread part(Adversary adversary, int size, Client client) {
        Thread thread = new Thread(
                () -> {
                    try {
                        keep(adversary, size, client);
                    } catch (InterruptedException end) {
                        Thread.currentThread().interrupt();
                    }
                },
                "part of a hostile crowd");
        thread.start();
        return thread;
    }

    private static void keep(Adversary adversary, int size, Client client) throws InterruptedException {
        List<Socket> crowd = new ArrayList<>();
        while (!adversary.isOver()) {
            crowd.removeIf(Socket::isClosed);
            try {
                while (crowd.size() < size && !adversary.isOver()) {
                    Socket socket = client.begin(adversary);
                    Adversary.discardAnswers(socket);
                    adversary.sent(0, 1);
                    crowd.add(socket);
                }
            } catch (IOException refused) {
                // Another comes after the pause.
            }
            adversary.pause(PACE_MILLIS);
        }
    }

    private static Socket partOfHead(Adversary adversary) throws IOException {
        Socket plain = adversary.plain();
        SSLSocket socket = adversary.apiserver(plain);
        OutputStream out = socket.getOutputStream();
        out.write(head(Review.ALLOWED.body().length));
        out.write(Review.ALLOWED.body());
        out.write(REVIEW.getBytes(US_ASCII));
        plain.getOutputStream().write(PART_OF_RECORD);
        return socket;
    }

    private static Socket partOfBody(Adversary adversary) throws IOException {
        Socket plain = adversary.plain();
        SSLSocket socket = adversary.apiserver(plain);
        socket.getOutputStream().write(withBody(8_000_000, SMALL_BODY));
        plain.getOutputStream().write(PART_OF_RECORD);
        return socket;
    }

    private static void lastByte(Adversary adversary) throws InterruptedException {
        Thread large = part(adversary, 1, a -> allButOneByte(a, LARGEST_BODY));
        crowd(adversary, SMALL_CROWD, a -> allButOneByte(a, SMALL_BODY));
        large.join();
    }

    private static Socket allButOneByte(Adversary adversary, int length) throws IOException {
        SSLSocket socket = adversary.apiserver();
        socket.getOutputStream().write(withBody(length, length - 1));
        return socket;
    }

    private static byte[] head(int length) {
        return (Http1Attacks.head(REVIEW) + "Content-Length: " + length + "\r\n\r\n").getBytes(US_ASCII);
    }

    /** A head, and a part of the body that it announces. */
    private static byte[] withBody(int length, int sent) {
        byte[] head = head(length);
        byte[] request = Arrays.copyOf(head, head.length + sent);
        Arrays.fill(request, head.length, request.length, (byte) ' ');
        return request;
    }
}
