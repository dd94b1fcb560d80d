package io.imagegate.console;

import io.imagegate.gate.GateState;
import io.imagegate.gate.RegistriesState;
import io.imagegate.gate.RegistryHost;
import io.imagegate.gate.TrustedRootState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes the state of a replica. */
final class StateJson {

    private StateJson() {}

    static void write(JsonGenerator json, ReplicaBuilder about, Instant started, boolean hasPlayground) {
        Instant now = about.clock.instant();
        List<GateState> gates = about.gates.get();
        Json.object(json, "replica", out -> replica(out, about, started, now));
        if (about.dashboard != null) {
            Json.text(json, "dashboard", about.dashboard.toString());
        }
        json.writeBooleanProperty("playground", hasPlayground);
        Json.list(json, "policySets", gates, StateJson::policySet);
        gates.stream()
                .flatMap(gate -> gate.registries().stream())
                .findFirst()
                .ifPresent(registries -> registries(json, registries));
        Json.list(json, "trustedRoots", roots(gates), (out, root) -> root(out, root, now));
        Json.list(json, "certificates", about.certificates.get(), (out, known) -> certificate(out, known, now));
        Json.object(json, "limits", out -> {
            out.writeNumberProperty("decisions", KeptDecisions.MOST);
            out.writeNumberProperty("streams", EventStreams.MOST);
        });
    }

    private static void replica(JsonGenerator json, ReplicaBuilder about, Instant started, Instant now) {
        ReplicaReadiness readiness = about.readiness.get();
        Json.text(json, "name", about.name);
        Json.text(json, "version", about.version);
        json.writeStringProperty("started", seconds(started));
        json.writeStringProperty("now", seconds(now));
        json.writeBooleanProperty("ready", readiness.obstacles().isEmpty());
        Json.texts(json, "obstacles", readiness.obstacles());
        Json.texts(json, "warnings", readiness.warnings());
    }

    private static void policySet(JsonGenerator json, GateState gate) {
        Json.object(json, out -> {
            Json.text(out, "name", gate.name());
            Json.text(out, "location", gate.location());
            Json.text(out, "digest", gate.digest());
            Json.text(out, "loadedAt", gate.loadedAt().map(StateJson::seconds));
            Json.text(out, "problem", gate.problem().map(Throwable::getMessage));
            Json.list(
                    out,
                    "policies",
                    gate.policies().policies(),
                    (each, policy) ->
                            PolicyJson.write(each, policy, gate.policies().today()));
        });
    }

    private static void registries(JsonGenerator json, RegistriesState registries) {
        Json.object(json, "registries", out -> {
            Json.text(out, "file", registries.file().toString());
            Json.text(out, "digest", registries.digest());
            Json.text(out, "loadedAt", seconds(registries.loadedAt()));
            Json.list(out, "hosts", registries.hosts(), StateJson::host);
        });
    }

    private static void host(JsonGenerator json, RegistryHost host) {
        Json.object(json, out -> {
            Json.text(out, "host", host.host());
            out.writeStringProperty("state", PolicyJson.label(host.state()));
            Json.text(out, "since", host.since().map(StateJson::seconds));
        });
    }

    /** {@return the roots of all policies, equal ones once} */
    private static List<TrustedRootState> roots(List<GateState> gates) {
        return gates.stream()
                .flatMap(gate -> gate.trustedRoots().stream())
                .distinct()
                .toList();
    }

    private static void root(JsonGenerator json, TrustedRootState root, Instant now) {
        Json.object(json, out -> {
            Json.text(out, "name", root.name());
            Json.text(out, "digest", root.digest());
            Json.text(out, "confirmed", root.confirmed());
            root.age(now).map(Duration::toDays).ifPresent(days -> out.writeNumberProperty("ageDays", days));
            Json.text(out, "warning", root.warning(now));
        });
    }

    private static void certificate(JsonGenerator json, CertificateState certificate, Instant now) {
        Json.object(json, out -> {
            Json.text(out, "use", certificate.use());
            Json.text(out, "subject", certificate.subject());
            out.writeStringProperty("notAfter", seconds(certificate.notAfter()));
            out.writeNumberProperty(
                    "daysLeft",
                    Math.floorDiv(Duration.between(now, certificate.notAfter()).toSeconds(), 86_400L));
        });
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
