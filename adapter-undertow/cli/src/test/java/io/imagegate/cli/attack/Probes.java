package io.imagegate.cli.attack;

/**
 * How often probes were sent, succeeded, and told the truth about reviews.
 *
 * @param sent to each of both paths
 * @param alive succeeded at {@code /livez}
 * @param ready succeeded at {@code /readyz}
 * @param truths of {@code /livez}: successes while reviews were answered, failures while none was
 */
record Probes(int sent, int alive, int ready, int truths) {

    static final Probes NONE = new Probes(0, 0, 0, 0);

    Probes plus(Probes more) {
        return new Probes(sent + more.sent, alive + more.alive, ready + more.ready, truths + more.truths);
    }

    @Override
    public String toString() {
        return "%d/%d, ready %d/%d, true %d/%d".formatted(alive, sent, ready, sent, truths, sent);
    }
}
