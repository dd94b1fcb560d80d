package io.imagegate.cli.attack;

import java.io.IOException;
import java.net.Socket;

/** How a registry gives an answer that is not as it should be. */
@FunctionalInterface
interface RegistryFault {

    /**
     * Answers one request.
     *
     * @return whether the connection can be used again
     * @throws IOException when the client closes the connection
     */
    boolean answer(Socket client, Asked asked) throws IOException;

    /** A request, and what an honest registry answers. */
    record Asked(String method, String target, Honest honest) {

        boolean isHead() {
            return method.equals("HEAD");
        }
    }

    /** An answer. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Honest(int status, String headers, byte[] body) {}
}
