package io.imagegate.server.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;

/** Standard error is not read while a client is denied, and thereby logged, as often as it can ask. */
final class UnreadErrors implements Attack {

    @Override
    public void run(Adversary adversary) throws IOException {
        adversary.server().stopReading();
        try {
            Socket socket = adversary.apiserver();
            Adversary.discardAnswers(socket);
            byte[] body = Review.DENIED.body();
            String request = Http1Attacks.head("POST /image_policy") + "Content-Length: " + body.length + "\r\n\r\n"
                    + new String(body, US_ASCII);
            adversary.flood(socket.getOutputStream(), request.getBytes(US_ASCII), 1);
        } finally {
            adversary.server().readOn();
        }
    }
}
