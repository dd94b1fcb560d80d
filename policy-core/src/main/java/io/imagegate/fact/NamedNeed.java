package io.imagegate.fact;

/** A need without content. */
record NamedNeed<T>(String name) implements Need<T> {

    @Override
    public String toString() {
        return name;
    }
}
