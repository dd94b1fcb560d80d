package io.imagegate.server.serve;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.gate.GateException;
import io.imagegate.gate.GateListener;
import io.imagegate.gate.GateSettings;
import io.imagegate.gate.LiveGate;
import io.imagegate.server.metrics.ServerMetrics;
import java.lang.System.Logger;

/** The policies and registries of a server, whose loads are logged. */
final class ServedGate {

    private static final Logger LOG = System.getLogger(ServedGate.class.getName());

    private ServedGate() {}

    /**
     * Opens policies and registries. Unless it fails fast, a missing or invalid policy does not prevent the start: every review that it
     * would decide is denied, and the server is not ready, until the file is valid.
     *
     * @param settings the policies and registries
     * @param metrics shows loads and look-ups
     * @param listener called for each load
     * @return the gate
     * @throws StartProblem if the registries are invalid, or there is no such built-in policy
     */
    static LiveGate open(GateSettings settings, ServerMetrics metrics, GateListener listener) {
        try {
            return settings.open(
                    LiveGate.builder().log(LOG).metrics(metrics.sink()).listener(listener));
        } catch (PolicyDocumentException | GateException mistakes) {
            throw new StartProblem(mistakes);
        }
    }
}
