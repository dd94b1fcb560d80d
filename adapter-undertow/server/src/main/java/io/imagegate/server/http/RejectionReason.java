package io.imagegate.server.http;

import java.util.Locale;

/** Why a request was rejected or dropped, or a connection closed. */
public enum RejectionReason {
    /** Waited too long for its turn, or found no memory in which to wait; answered with 429. */
    OVERLOAD,
    /** Exceeded the open requests of its HTTP/2 connection; answered with 429. */
    STREAMS,
    /** Waited too long for memory for its body; answered with 429. */
    MEMORY,
    /** The client's certificate has none of the accepted names; answered with 403. */
    CLIENT_NAME,
    /** The client's certificate has expired since its handshake; answered with 403. */
    CLIENT_EXPIRED,
    /** Did not arrive in time, or its answer was not read; closed without an answer. */
    SLOW_REQUEST,
    /** Made no request in time, or was the longest-idle connection when there was one too many; closed. */
    CONNECTION,
    /** Took none of the answers that waited for it, for too long or while network buffers were short; closed. */
    UNREAD,
    /** Sent more than a request may have, or more HTTP/2 frames without content than requests need; closed. */
    FLOOD,
    /** Has a body without a length, or an unusable length; answered with 411 or 400 and closed. */
    LENGTH;

    /** {@return the name in metrics} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
