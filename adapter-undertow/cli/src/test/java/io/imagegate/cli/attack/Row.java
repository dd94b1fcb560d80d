package io.imagegate.cli.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** One attack's row in the table, which grows with each turn of the attack. */
final class Row {

    static final String HEADER = """
            | attack | sent | good reviews answered | p99 | slowest | slowest of a bare Undertow beside / under the attack | resident MiB before / at most / after | /livez | process |
            |---|---|---|---|---|---|---|---|---|
            """;

    private static final String LIVES = "lives";
    private static final int MOST_TRACES = 5;

    /** The server answers within so many times as long as a bare Undertow that is attacked alike. */
    private static final int RATIO = 3;

    /** What tests need that attack. */
    static final String FASTER_MACHINE =
            "a faster machine: beside an attack, a bare Undertow that is not attacked is slow, too";

    private final String name;
    private final Attack attack;
    private final Tally tally = new Tally();
    private final Tally bare = new Tally();
    private final Tally attackedBare = new Tally();
    private long bytes;
    private long items;
    private long connections;
    private long before;
    private long most;
    private long after;
    private final List<String> traces = new ArrayList<>();
    private Probes probes = Probes.NONE;
    private String state = LIVES;

    Row(String name, Attack attack) {
        this.name = name;
        this.attack = attack;
    }

    /**
     * Attacks for a time, while well-behaved clients ask, who go on for a third of it. As many ask a bare Undertow that is
     * not attacked, on the same processors.
     */
    void turn(AttackedServer server, AttackedServer unattacked, Credentials credentials, long millis) throws Exception {
        before = before == 0 ? server.resident() : before;
        GoodClients good = new GoodClients(server, credentials, tally);
        GoodClients others = new GoodClients(unattacked, credentials, bare);
        try {
            attack(server, credentials, millis);
            TimeUnit.MILLISECONDS.sleep(millis / 3);
        } finally {
            good.stop();
            others.stop();
        }
        probes = probes.plus(good.probes());
        most = Math.max(most, good.mostResident());
        after = server.resident();
        traces.addAll(server.newTraces());
        if (!server.isAlive()) {
            state = "ended";
        }
    }

    /** Attacks a bare Undertow for a time, while as many well-behaved clients ask it. */
    void turnOfBare(AttackedServer attacked, Credentials credentials, long millis) throws Exception {
        GoodClients good = new GoodClients(attacked, credentials, attackedBare);
        try {
            attack(attacked, credentials, millis);
            TimeUnit.MILLISECONDS.sleep(millis / 3);
        } finally {
            good.stop();
        }
    }

    private void attack(AttackedServer server, Credentials credentials, long millis) throws Exception {
        Adversary adversary = Adversary.attack(name, attack, server, credentials, millis);
        bytes += adversary.sentBytes();
        items += adversary.sentItems();
        connections += adversary.connections();
    }

    int good() {
        return tally.sent();
    }

    /** The longest time that a good review took. */
    double slowestMillis() {
        return tally.slowestMillis();
    }

    /**
     * Asserts that every good review was answered in time; leaves the test out where one was not, and the processors keep
     * even those waiting who ask a server that nobody attacks.
     */
    static void assertAnswered(List<Row> rows, double longestMillis) {
        for (Row row : rows) {
            assertThat(row.good()).as(row.toString()).isPositive();
            if (!row.isLeftOut(longestMillis)) {
                assertThat(row.problems()).as(row.toString()).isEmpty();
                assertThat(row.slowestMillis())
                        .as(row.toString())
                        .isLessThanOrEqualTo(row.allowedMillis(longestMillis));
            }
        }
        Machine.needs(rows.stream().allMatch(row -> row.isAnswered(longestMillis)), FASTER_MACHINE);
    }

    /** Whether every good review was answered in time. */
    boolean isAnswered(double longestMillis) {
        return problems().isEmpty() && tally.slowestMillis() <= allowedMillis(longestMillis);
    }

    /** Whether a row that is not answered tells nothing about the server. */
    boolean isLeftOut(double longestMillis) {
        return !bare.problems().isEmpty() || isMachineTooSlow(bare.slowestMillis(), longestMillis);
    }

    private double allowedMillis(double longestMillis) {
        return allowedMillis(longestMillis, attackedBare.sent() == 0 ? 0 : attackedBare.slowestMillis());
    }

    /** What a server may take where a bare Undertow takes so long under the same attack. */
    static double allowedMillis(double longestMillis, double slowestOfAttackedBareMillis) {
        return Math.max(longestMillis, RATIO * slowestOfAttackedBareMillis);
    }

    /** Whether a bare Undertow that is not attacked takes a fifth of the time that the server has. */
    static boolean isMachineTooSlow(double slowestOfBareMillis, double longestMillis) {
        return slowestOfBareMillis > longestMillis / 5;
    }

    /** What should not have happened: reviews without the right answer, stack traces, an end of the server. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        tally.problems().forEach((problem, count) -> problems.add(count + " x " + problem));
        traces.stream().limit(MOST_TRACES).map("log: "::concat).forEach(problems::add);
        if (!state.equals(LIVES)) {
            problems.add("the server " + state);
        }
        return problems;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "| %s | %,d items, %,d KiB, %,d connections | %d of %d | %.0f ms | %.0f ms | %.0f ms / %s | %d / %d / %d | %s | %s |",
                name,
                items,
                bytes >> 10,
                connections,
                tally.answered(),
                tally.sent(),
                tally.p99Millis(),
                tally.slowestMillis(),
                bare.slowestMillis(),
                attackedBare.sent() == 0 ? "-" : Math.round(attackedBare.slowestMillis()) + " ms",
                before >> 10,
                most >> 10,
                after >> 10,
                probes,
                state);
    }
}
