package io.imagegate;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Installs {@link TestProvider} before the first test. */
public final class ProviderOfTests implements TestExecutionListener {

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        if (TestProvider.isWanted()) {
            TestProvider.install();
        }
    }
}
