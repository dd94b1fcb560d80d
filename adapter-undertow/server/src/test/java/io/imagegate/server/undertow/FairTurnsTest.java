package io.imagegate.server.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In which order the connections of an I/O thread are read. */
class FairTurnsTest {

    private static final long SHARED_NANOS = 1_000;

    private long now;
    private final FairTurns turns = new FairTurns(SHARED_NANOS, () -> now);
    private final Map<String, FairTurns.Place> places = new LinkedHashMap<>();

    private FairTurns.Place place(String connection) {
        return places.computeIfAbsent(connection, added -> {
            FairTurns.Place place = turns.add();
            turns.assign(place, connection.substring(0, 1));
            return place;
        });
    }

    /** {@return those of these connections, which are ready in this order, that are read in one turn} */
    private List<String> turn(List<String> ready) {
        List<String> read = new ArrayList<>();
        for (String connection : ready) {
            if (turns.take(place(connection))) {
                read.add(connection);
            }
        }
        return read;
    }

    private static List<String> connections(String client, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(n -> client + n).toList();
    }

    @Test
    void aClientAloneIsReadOnAllItsConnections() {
        assertThat(turn(connections("a", 5))).hasSize(5);
        assertThat(turn(connections("a", 5))).hasSize(5);
    }

    @Test
    void oneConnectionOfEachClientIsReadInATurn() {
        turn(List.of("a1", "b1"));
        List<String> ready = new ArrayList<>(connections("a", 40));
        ready.addAll(connections("b", 2));
        for (int i = 0; i < 50; i++) {
            List<String> read = turn(ready);
            assertThat(read.stream().filter(name -> name.startsWith("a"))).hasSizeLessThanOrEqualTo(1);
            assertThat(read.stream().filter(name -> name.startsWith("b"))).hasSizeLessThanOrEqualTo(1);
            assertThat(read).isNotEmpty();
        }
    }

    @Test
    void eachConnectionOfAClientIsReadBeforeOneIsReadAgain() {
        turn(List.of("b1", "a1", "b1"));
        List<String> ready = connections("a", 5);
        List<String> read = new ArrayList<>();
        for (int i = 0; i < 3 * ready.size() + 1; i++) {
            read.addAll(turn(ready));
        }
        assertThat(Collections.frequency(read, "a1")).isBetween(2, 4);
        for (String connection : ready) {
            assertThat(Collections.frequency(read, connection))
                    .as(connection)
                    .isBetween(Collections.frequency(read, "a1") - 1, Collections.frequency(read, "a1") + 1);
        }
    }

    @Test
    void connectionsThatCloseWhileTheyWaitHoldNobodyUp() {
        turn(List.of("b1", "a1", "b1"));
        turn(connections("a", 3));
        // a2 and a3 have waited, and are gone.
        assertThat(turn(List.of("a1")).size()
                        + turn(List.of("a1")).size()
                        + turn(List.of("a1")).size())
                .isPositive();
        assertThat(turn(List.of("a4")).size()
                        + turn(List.of("a4")).size()
                        + turn(List.of("a4")).size())
                .isPositive();
    }

    @Test
    void aClientThatHasAskedNothingForLongIsNoOther() {
        turn(List.of("a1", "b1", "a1"));
        assertThat(turn(connections("a", 5))).hasSizeLessThanOrEqualTo(1);
        now += SHARED_NANOS;
        assertThat(turn(connections("a", 5))).hasSize(5);
    }

    @Test
    void newConnectionsAreOneClientUntilTheyAreAssigned() {
        FairTurns.Place one = turns.add();
        FairTurns.Place two = turns.add();
        turn(List.of("a1"));
        assertThat(turns.take(one)).isTrue();
        assertThat(turns.take(two)).isFalse();
        turns.assign(two, "b");
        assertThat(turns.take(two)).isTrue();
    }
}
