package io.imagegate.console;

import io.imagegate.gate.GateState;
import io.imagegate.time.TimeSource;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Replica}. Suppliers are asked for each view of the state, by any thread. */
public final class ReplicaBuilder {

    final String name;
    final String version;
    Supplier<List<GateState>> gates = List::of;
    Supplier<ReplicaReadiness> readiness = () -> new ReplicaReadiness(List.of(), List.of());
    Supplier<List<CertificateState>> certificates = List::of;
    InstantSource clock = TimeSource.system();

    @Nullable
    URI dashboard;

    ReplicaBuilder(String name, String version) {
        this.name = name;
        this.version = version;
    }

    /**
     * Sets the policies.
     *
     * @param states the current states, as {@link io.imagegate.gate.LiveGate#states} has them
     * @return this builder
     */
    public ReplicaBuilder gates(Supplier<List<GateState>> states) {
        this.gates = states;
        return this;
    }

    /**
     * Sets who knows whether the replica is ready.
     *
     * @param state the current state
     * @return this builder
     */
    public ReplicaBuilder readiness(Supplier<ReplicaReadiness> state) {
        this.readiness = state;
        return this;
    }

    /**
     * Sets the certificates.
     *
     * @param states the current certificates
     * @return this builder
     */
    public ReplicaBuilder certificates(Supplier<List<CertificateState>> states) {
        this.certificates = states;
        return this;
    }

    /**
     * Sets the dashboard that the page links.
     *
     * @param page an absolute {@code http} or {@code https} URL
     * @return this builder
     * @throws IllegalArgumentException if it is none
     */
    public ReplicaBuilder dashboard(URI page) {
        if (!("https".equals(page.getScheme()) || "http".equals(page.getScheme())) || page.getHost() == null) {
            throw new IllegalArgumentException(
                    "dashboard " + page + ": expected a URL that begins with https:// or http://");
        }
        this.dashboard = page;
        return this;
    }

    /**
     * Sets another clock, for tests.
     *
     * @param other the clock
     * @return this builder
     */
    public ReplicaBuilder clock(InstantSource other) {
        this.clock = other;
        return this;
    }

    /** {@return the replica} */
    public Replica build() {
        return new Replica(this);
    }
}
