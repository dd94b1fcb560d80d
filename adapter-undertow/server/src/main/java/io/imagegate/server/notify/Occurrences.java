package io.imagegate.server.notify;

import java.time.Instant;
import java.util.List;

/**
 * What happened with one outcome since the last event.
 *
 * @param outcome the outcome
 * @param count how often
 * @param first when for the first time
 * @param last when for the last time
 * @param examples the first ones, each an object in JSON
 */
record Occurrences(NotifiedOutcome outcome, long count, Instant first, Instant last, List<String> examples) {}
