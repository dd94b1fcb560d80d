package io.imagegate.springboot;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the description and the action of a failure, without a stack trace. */
final class StartFailureAnalyzer extends AbstractFailureAnalyzer<StartFailure> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, StartFailure failure) {
        return new FailureAnalysis(failure.getMessage(), failure.action(), failure);
    }
}
