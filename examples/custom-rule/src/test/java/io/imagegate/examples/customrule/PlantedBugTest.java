package io.imagegate.examples.customrule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.imagegate.rule.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.engine.JqwikTestEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The laws notice a rule that is nearly right, and show the smallest case of it. */
@Tag("slow")
class PlantedBugTest {

    private static final Pattern SHRUNK = Pattern.compile("team: \"(\\w)\"\\s+owner: \"\\1[^\"]+\"");

    /** Laws of a rule that compares how the names begin. Its name is no test's, so that only this test runs it. */
    static final class BeginningsCompared extends OwnershipLaws {

        BeginningsCompared() {
            super(image -> {
                String path = image.reference().repository();
                String team = image.namespace().split("-", 2)[0];
                return path.startsWith(team) || path.startsWith("base/")
                        ? Finding.satisfied()
                        : Finding.violation("not yours");
            });
        }
    }

    private static final class Failures implements TestExecutionListener {

        private final List<String> laws = new ArrayList<>();
        private final List<String> reports = new ArrayList<>();

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                laws.add(test.getDisplayName());
            }
        }

        @Override
        public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
            reports.addAll(entry.getKeyValuePairs().values());
        }
    }

    @Test
    void aRuleThatComparesBeginningsBreaksOneLaw() {
        Failures failures = new Failures();
        LauncherFactory.create(LauncherConfig.builder()
                        .enableTestEngineAutoRegistration(false)
                        .addTestEngines(new JqwikTestEngine())
                        .build())
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(BeginningsCompared.class))
                                .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                                .build(),
                        failures);
        assertThat(failures.laws).containsExactly("aTeamRunsNothingOfAnother");
        // A team as short as can be, and one whose name begins so; which letters is not always the same.
        assertThat(failures.reports).anyMatch(report -> SHRUNK.matcher(report).find());
    }
}
