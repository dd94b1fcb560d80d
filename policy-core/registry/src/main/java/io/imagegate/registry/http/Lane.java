package io.imagegate.registry.http;

import java.util.ArrayDeque;
import java.util.Queue;

/** The share of one entry in flights, waiting places and bytes, however many hosts it stands for. */
public final class Lane {

    /** Guarded by the {@link Flights}. */
    final Queue<Flights.Waiting> queue = new ArrayDeque<>();

    /** Guarded by the {@link Flights}. */
    int flying;

    /** Guarded by the {@link ByteBudget}. */
    long bytes;
}
