package io.imagegate.cli.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;

/** Standard error is not read while a client asks for all that is logged. */
final class UnreadErrors implements Attack {

    private static final int ITEMS = 200;

    @Override
    public void run(Adversary adversary) throws IOException {
        adversary.server().stopReading();
        try {
            Socket socket = adversary.apiserver();
            Adversary.discardAnswers(socket);
            byte[] body = Review.DENIED.body();
            String request = Http1Attacks.head("POST /image_policy") + "Content-Length: " + body.length + "\r\n\r\n"
                    + new String(body, US_ASCII);
            byte[] requests = request.repeat(ITEMS).getBytes(US_ASCII);
            while (!adversary.isOver()) {
                socket.getOutputStream().write(requests);
                adversary.sent(requests.length, ITEMS);
                ask(adversary.apiserver(), "Content-Length: 18446744073709551770");
                ask(adversary.stranger(), "Content-Length: 0");
            }
        } finally {
            adversary.server().readOn();
        }
    }

    private static void ask(Socket socket, String header) throws IOException {
        Adversary.discardAnswers(socket);
        socket.getOutputStream()
                .write((Http1Attacks.head("POST /image_policy") + header + "\r\n\r\n").getBytes(US_ASCII));
    }
}
