package io.imagegate.registry.http;

import java.time.Duration;

/**
 * How many flights there may be, and how long each may last.
 *
 * @param timeout of a flight, and of the wait for it
 * @param flights in all
 * @param flightsPerRegistry for each entry
 * @param waiting most look-ups that wait for a flight
 */
public record FlightLimits(Duration timeout, int flights, int flightsPerRegistry, int waiting) {}
