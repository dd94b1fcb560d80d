package io.imagegate.server.attack;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** One attack's row in the table, which grows with each turn of the attack. */
final class Row {

    static final String HEADER = """
            | attack | sent | good reviews answered | p99 | resident MiB before / at most / after | /livez | process |
            |---|---|---|---|---|---|---|
            """;

    private final String name;
    private final Attack attack;
    private final Tally tally = new Tally();
    private long bytes;
    private long items;
    private long connections;
    private long before;
    private long most;
    private long after;
    private Probes probes = Probes.NONE;
    private String state = "lives";

    Row(String name, Attack attack) {
        this.name = name;
        this.attack = attack;
    }

    /** Attacks for a time, while well-behaved clients ask, who go on for a third of it. */
    void turn(AttackedServer server, Credentials credentials, long millis) throws Exception {
        before = before == 0 ? server.resident() : before;
        GoodClients good = new GoodClients(server, credentials, tally);
        try {
            attack(server, credentials, millis);
            TimeUnit.MILLISECONDS.sleep(millis / 3);
        } finally {
            good.stop();
        }
        probes = probes.plus(good.probes());
        most = Math.max(most, good.mostResident());
        after = server.resident();
        if (!server.isAlive()) {
            state = "ended";
        }
    }

    private void attack(AttackedServer server, Credentials credentials, long millis) throws Exception {
        Adversary adversary = new Adversary(server, credentials);
        Thread thread = new Thread(() -> repeat(adversary), "attack: " + name);
        try (adversary) {
            thread.start();
            TimeUnit.MILLISECONDS.sleep(millis);
        }
        thread.join();
        bytes += adversary.sentBytes();
        items += adversary.sentItems();
        connections += adversary.connections();
    }

    private void repeat(Adversary adversary) {
        try {
            while (!adversary.isOver() && adversary.server().isAlive()) {
                try {
                    attack.run(adversary);
                } catch (IOException closed) {
                    adversary.pause(1);
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    String name() {
        return name;
    }

    Tally tally() {
        return tally;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "| %s | %,d items, %,d KiB, %,d connections | %d of %d | %.0f ms | %d / %d / %d | %s | %s |",
                name,
                items,
                bytes >> 10,
                connections,
                tally.answered(),
                tally.sent(),
                tally.p99Millis(),
                before >> 10,
                most >> 10,
                after >> 10,
                probes,
                state);
    }
}
