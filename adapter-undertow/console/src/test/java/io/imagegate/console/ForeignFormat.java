package io.imagegate.console;

import io.imagegate.input.Input;
import io.imagegate.input.InputFactory;

/** A format on the class path, which the playground must not use. */
public final class ForeignFormat implements InputFactory {

    @Override
    public Input create() {
        throw new AssertionError("a format of others was used");
    }
}
