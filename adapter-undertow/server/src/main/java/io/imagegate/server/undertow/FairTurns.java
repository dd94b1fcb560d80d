package io.imagegate.server.undertow;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shares an I/O thread among clients. In each turn the thread reads every connection on which bytes have arrived; while it
 * serves several clients, it reads one connection of each, and the others wait for the next turns. Within a client each
 * connection is read once before one is read again. So a client with many connections delays another by about one request of
 * its own, not by one of each connection.
 *
 * <p>A connection that waits stays ready, so the selector finds it again in the next turn, which begins at once. A turn
 * begins when a connection is found that was found before.
 *
 * <p>Used by its I/O thread alone.
 */
final class FairTurns {

    private final long sharedNanos;
    private final LongSupplier clock;
    private final Map<String, Client> clients = new HashMap<>();

    /** Connections that have made no request yet, or none that was accepted. */
    private final Client unnamed = new Client();

    private @Nullable Client last;
    private long sharedUntil;
    private long turn;

    /** A client with all its connections. */
    private static final class Client {

        private long turn;
        private boolean read;
        private boolean waits;
        private long round;

        /** Begins a turn, and also a round unless connections of the last one still wait. */
        private void begin(long number) {
            if (turn != number) {
                turn = number;
                read = false;
                round += waits ? 0 : 1;
                waits = false;
            }
        }
    }

    /** A connection: when it was found ready, and in which round of its client it was read. */
    static final class Place {

        private Client client;
        private long found;
        private long round;

        private Place(Client client) {
            this.client = client;
        }
    }

    /**
     * Creates the turns of a thread.
     *
     * @param sharedNanos how long after it was read a client counts as one of several
     * @param clock of {@link io.imagegate.time.TimeSource#nanos}
     */
    FairTurns(long sharedNanos, LongSupplier clock) {
        this.sharedNanos = sharedNanos;
        this.clock = clock;
        this.sharedUntil = clock.getAsLong();
    }

    /** {@return the place of a new connection} Safe for any thread. */
    Place add() {
        return new Place(unnamed);
    }

    /** Makes a connection one of the client with this name. */
    void assign(Place place, String name) {
        Client client = clients.computeIfAbsent(name, added -> new Client());
        if (client != place.client) {
            place.client = client;
            place.round = 0;
        }
    }

    /** {@return whether a connection that is ready is read in this turn} If so, the caller reads it. */
    boolean take(Place place) {
        long now = clock.getAsLong();
        Client client = place.client;
        if (client != last) {
            if (last != null) {
                sharedUntil = now + sharedNanos;
            }
            last = client;
        }
        if (now - sharedUntil >= 0) {
            return true;
        }
        if (place.found == turn) {
            turn++;
        }
        place.found = turn;
        client.begin(turn);
        if (place.round == client.round) {
            return false;
        }
        if (client.read) {
            client.waits = true;
            return false;
        }
        client.read = true;
        place.round = client.round;
        return true;
    }
}
