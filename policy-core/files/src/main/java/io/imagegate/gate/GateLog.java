package io.imagegate.gate;

import io.imagegate.document.DocumentProblem;
import io.imagegate.policy.ImageGate;
import io.imagegate.text.FailureLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Logs each load of policies from files, and warnings about them. */
final class GateLog implements GateListener {

    private final Logger log;
    private final FailureLog failures;

    GateLog(Logger log) {
        this.log = log;
        this.failures = new FailureLog(log);
    }

    void warn(DocumentProblem warning) {
        log.log(Level.WARNING, "{0}", warning);
    }

    @Override
    public void changed(GateState state) {
        if (state.location().isEmpty()) {
            return;
        }
        String location =
                state.name().equals(ImageGate.DEFAULT_NAME) ? state.location() : state.name() + "=" + state.location();
        state.problem()
                .map(Throwable::getCause)
                .ifPresent(thrown -> failures.log("loading policy " + location + " threw", thrown));
        state.problem()
                .ifPresentOrElse(
                        problem -> log.log(Level.ERROR, "rejected policy {0}: {1}", location, problem.getMessage()),
                        () -> log.log(Level.INFO, "loaded policy {0}, SHA-256: {1}", location, state.digest()));
    }
}
