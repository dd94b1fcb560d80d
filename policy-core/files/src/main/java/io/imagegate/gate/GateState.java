package io.imagegate.gate;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * State of the policies of one name at one moment. Immutable.
 *
 * @param name the name of the policies; {@link io.imagegate.policy.ImageGate#DEFAULT_NAME} if they have none
 * @param location where the policies come from: the names of files and folders; empty if the program made them
 * @param policies the active policies; unloaded, so that everything is denied, until valid ones are loaded
 * @param digest the SHA-256 of the policies' files, in hexadecimal, as {@code sha256sum} prints it; {@value #BUILT_IN} for
 *     policies without a file; empty until policies are loaded
 * @param loadedAt when the active policies were loaded, if any are
 * @param problem why the files, as they were at the last load, are not active
 * @param registries the registries, if the gate has any
 * @param trustedRoots the trusted roots of the active policies, by name
 * @param rejectedSince since when the files have a problem, if they have one
 * @param lastGood whether the active policies, or the registries, are those of the
 *     {@linkplain LiveGateBuilder#lastGood last accepted set}, because the files were
 *     rejected at the start
 * @since 0.1
 */
public record GateState(
        String name,
        String location,
        PolicySet policies,
        String digest,
        Optional<Instant> loadedAt,
        Optional<PolicyDocumentException> problem,
        Optional<RegistriesState> registries,
        List<TrustedRootState> trustedRoots,
        Optional<Instant> rejectedSince,
        boolean lastGood) {

    /** In place of a digest: policies without files. */
    public static final String BUILT_IN = "built in";

    /** How logs, probes and pages call a state that is {@link #lastGood}. */
    public static final String LAST_GOOD = "last_good";

    /**
     * Copies the list.
     *
     * @param name the name of the policies
     * @param location where the policies come from
     * @param policies the active policies
     * @param digest the SHA-256 of the policies' files
     * @param loadedAt when the active policies were loaded
     * @param problem why the files are not active
     * @param registries the registries
     * @param trustedRoots the trusted roots
     * @param rejectedSince since when the files have a problem
     * @param lastGood whether the last accepted set is in force
     */
    public GateState {
        trustedRoots = List.copyOf(trustedRoots);
    }

    GateState withRegistries(RegistriesState now) {
        return new GateState(
                name,
                location,
                policies,
                digest,
                loadedAt,
                problem,
                Optional.of(now),
                trustedRoots,
                rejectedSince,
                lastGood);
    }

    /**
     * {@return a copy with another location, for programs that show it in their own words}
     *
     * @param shown where the policies come from
     */
    public GateState withLocation(String shown) {
        return new GateState(
                name, shown, policies, digest, loadedAt, problem, registries, trustedRoots, rejectedSince, lastGood);
    }

    /**
     * {@return a sentence that the files are rejected, with the place and the code of each mistake and without a word of the files; empty if
     * they are not}
     */
    public Optional<String> rejection() {
        return problem.map(rejected -> "the policies " + (isUnnamed() ? "" : name + " ") + "are rejected"
                + rejectedSince
                        .map(since -> " since " + since.truncatedTo(ChronoUnit.SECONDS))
                        .orElse("")
                + ": " + rejected.places());
    }

    boolean isUnnamed() {
        return name.equals(ImageGate.DEFAULT_NAME);
    }

    /** {@return whether policies are active; otherwise everything is denied} */
    public boolean isReady() {
        return policies.isLoaded();
    }
}
