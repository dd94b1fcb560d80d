package io.imagegate.cli.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/** Records, handshakes and connections that cost their sender little. */
final class TlsAttacks {

    private static final int MOST_CONNECTIONS = 1_000;

    private TlsAttacks() {}

    static Map<String, Attack> all() {
        Map<String, Attack> all = new LinkedHashMap<>();
        all.put("TLS record of every byte", TlsAttacks::tinyRecords);
        all.put("key updates of TLS 1.3", TlsAttacks::keyUpdates);
        all.put("renegotiations of TLS 1.2", TlsAttacks::renegotiations);
        all.put("1,000 connections that ask nothing", a -> crowd(a, false));
        all.put("1,000 connections that asked once", a -> crowd(a, true));
        return all;
    }

    private static void tinyRecords(Adversary adversary) throws IOException {
        SSLSocket socket = adversary.apiserver();
        Adversary.discardAnswers(socket);
        OutputStream out = socket.getOutputStream();
        out.write((Http1Attacks.head("POST /image_policy") + "Content-Length: 8000000\r\n\r\n").getBytes(US_ASCII));
        adversary.flood(out, new byte[] {' '}, 1);
    }

    /** The JDK sends one for every handshake after the first. */
    private static void keyUpdates(Adversary adversary) throws IOException {
        SSLSocket socket = adversary.apiserver();
        socket.startHandshake();
        Adversary.discardAnswers(socket);
        while (!adversary.isOver()) {
            socket.startHandshake();
            adversary.sent(0, 1);
        }
    }

    private static void renegotiations(Adversary adversary) throws IOException, InterruptedException {
        SSLSocket socket = adversary.apiserver();
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        socket.startHandshake();
        Adversary.discardAnswers(socket);
        Semaphore completed = new Semaphore(0);
        socket.addHandshakeCompletedListener(event -> completed.release());
        while (!adversary.isOver()) {
            socket.startHandshake();
            if (!completed.tryAcquire(1, TimeUnit.SECONDS)) {
                throw new IOException("the server does not handshake anew");
            }
            adversary.sent(0, 1);
        }
    }

    private static void crowd(Adversary adversary, boolean ask) throws IOException, InterruptedException {
        for (int i = 0; i < MOST_CONNECTIONS && !adversary.isOver(); i++) {
            SSLSocket socket = adversary.apiserver();
            socket.startHandshake();
            if (ask) {
                byte[] body = Review.ALLOWED.body();
                String head = Http1Attacks.head("POST /image_policy") + "Content-Length: " + body.length + "\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(US_ASCII));
                socket.getOutputStream().write(body);
            }
            adversary.sent(0, 1);
        }
        while (!adversary.isOver()) {
            adversary.pause(1_000);
        }
    }
}
