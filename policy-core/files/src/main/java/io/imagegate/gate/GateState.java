package io.imagegate.gate;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.policy.PolicySet;
import java.time.Instant;
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
        List<TrustedRootState> trustedRoots) {

    /** In place of a digest: policies without files. */
    public static final String BUILT_IN = "built in";

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
     */
    public GateState {
        trustedRoots = List.copyOf(trustedRoots);
    }

    GateState withRegistries(RegistriesState now) {
        return new GateState(name, location, policies, digest, loadedAt, problem, Optional.of(now), trustedRoots);
    }

    /** {@return whether policies are active; otherwise everything is denied} */
    public boolean isReady() {
        return policies.isLoaded();
    }
}
