package io.imagegate.console;

/**
 * Events for one browser. The web server asks for the next bytes every 200 ms if it has written what it was given before,
 * and closes the stream when the browser has gone or the server stops.
 */
public interface EventStream extends AutoCloseable {

    /** {@return the bytes to write and flush; empty if there is nothing new} */
    byte[] next();

    /** {@return whether the stream ends after what {@link #next} returned} */
    boolean isLast();

    /** Gives the place of the stream to another. Can be called several times. */
    @Override
    void close();
}
