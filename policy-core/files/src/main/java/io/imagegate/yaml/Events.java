package io.imagegate.yaml;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.Event;

/** Events of a YAML stream, one after the other. Not thread-safe. */
abstract class Events<X extends Exception> {

    private @Nullable Event ahead;

    /** {@return the next event, which is not consumed} */
    final Event peek() throws X {
        Event event = ahead;
        if (event == null) {
            event = read();
            ahead = event;
        }
        return event;
    }

    /** {@return the next event} */
    final Event next() throws X {
        Event event = peek();
        ahead = null;
        return event;
    }

    /** Reads the event after the last one that was read. */
    abstract Event read() throws X;
}
