package io.imagegate.yaml;

import org.snakeyaml.engine.v2.events.Event;

/** Events of a YAML stream, one after the other. */
interface Events<X extends Exception> {

    /** {@return the next event, which is not consumed} */
    Event peek() throws X;

    /** {@return the next event} */
    Event next() throws X;
}
