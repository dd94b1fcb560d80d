package io.imagegate.webhook;

import io.imagegate.certificate.CertificateNames;
import io.imagegate.policy.ImageGate;
import io.imagegate.text.Copies;
import io.imagegate.text.NamedLists;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names that clients need in the certificate of their TLS connection to ask the gates of a webhook. A gate without names answers every
 * client. Immutable.
 *
 * <p>{@code cn:NAME} is a common name of the subject, {@code dns:NAME} and {@code uri:NAME} are alternative names, and a bare
 * {@code NAME} is a common name or a DNS name. Whoever accepts the connection verifies the certificate.
 *
 * @since 0.1
 */
public final class ClientNames {

    /** Every client may ask. */
    public static final ClientNames ANY = new ClientNames(Map.of());

    /** Names with their types; under an empty name of a gate those for all gates without their own. */
    private final Map<String, Set<String>> byGate;

    /** Names of which one is needed where no gate decides, which is a denial; empty: none. */
    private final Set<String> anywhere;

    private ClientNames(Map<String, Set<String>> byGate) {
        this.byGate = Copies.of(byGate);
        this.anywhere = byGate.containsValue(Set.of())
                ? Set.of()
                : Copies.of(byGate.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
    }

    /**
     * {@return the names of lists as users write them in options and settings: {@code kube-apiserver,prod=cn:prod-apiserver}}
     *
     * @param lists lists with commas between their names; what stands before {@code =} is the name of a gate, and that of all names
     *     behind it in its list. Names without a gate are for all gates without their own
     * @throws IllegalArgumentException if a name is missing or of another form
     */
    public static ClientNames parse(Collection<String> lists) {
        Map<String, Set<String>> byGate = new LinkedHashMap<>();
        NamedLists.parse(lists).forEach((gate, texts) -> {
            Set<String> names = new LinkedHashSet<>();
            texts.forEach(text -> names.addAll(CertificateNames.parse(text)));
            byGate.put(gate, names);
        });
        return byGate.isEmpty() ? ANY : new ClientNames(byGate);
    }

    /** {@return whether every client may ask every gate} */
    public boolean isAny() {
        return byGate.isEmpty();
    }

    /**
     * {@return these names for the gates of one webhook}
     *
     * @param gates their names
     * @throws IllegalArgumentException if names are for another gate
     */
    public ClientNames forGates(Collection<String> gates) {
        if (isAny()) {
            return this;
        }
        Map<String, Set<String>> accepted = new LinkedHashMap<>();
        Set<String> others = byGate.getOrDefault("", Set.of());
        gates.forEach(gate -> accepted.put(gate, byGate.getOrDefault(gate, others)));
        for (String gate : byGate.keySet()) {
            if (!gate.isEmpty() && !accepted.containsKey(gate)) {
                throw new IllegalArgumentException(
                        gate + "=...: expected a name of policies: " + String.join(", ", accepted.keySet()));
            }
        }
        return new ClientNames(accepted);
    }

    /**
     * {@return whether a client may ask}
     *
     * @param gate the {@linkplain ImageGate#name() name of the gate} that decides, of those of {@link #forGates}; if it is empty, the
     *     answer is a denial, and every client may ask for it that may ask some gate
     * @param names the names of the client's certificate, {@linkplain #of with their types}; none if it has no certificate
     */
    public boolean accept(Optional<String> gate, Set<String> names) {
        Set<String> accepted = gate.map(byGate::get).orElse(anywhere);
        return accepted.isEmpty() || !Collections.disjoint(accepted, names);
    }

    /**
     * {@return the names of a certificate, with their types}
     *
     * @param certificate the certificate, which was verified; null: none
     */
    public static Set<String> of(@Nullable X509Certificate certificate) {
        return certificate == null ? Set.of() : CertificateNames.of(certificate);
    }
}
