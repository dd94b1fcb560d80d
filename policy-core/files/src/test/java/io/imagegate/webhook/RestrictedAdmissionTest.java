package io.imagegate.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Recorded;
import io.imagegate.admission.CheckedImages;
import io.imagegate.admission.ReviewStage;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.kubernetes.ObjectPlaces;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ReviewedImage;
import io.imagegate.wire.ReviewDecoder;
import io.imagegate.wire.WireLimits;
import io.imagegate.workload.Workloads;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the strictest policy that comes with the library makes of what a kube-apiserver sent. */
class RestrictedAdmissionTest {

    private static final PolicySet RESTRICTED = new PolicyDocuments().load("builtin:restricted");

    @ParameterizedTest(name = "{0}: allowed {1}, violations {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
                    create-pods | false | pinned spec.containers[0] "web"
                    create-pods-sidecar-and-image-volume | false | pinned spec.initContainers[0] "native-sidecar", pinned spec.containers[0] "app", trusted-registry spec.initContainers[0] "native-sidecar", trusted-registry spec.containers[0] "app"
                    create-podtemplates | false | pinned template.spec.containers[0] "app", trusted-registry template.spec.containers[0] "app"
                    create-replicationcontrollers | false | pinned spec.template.spec.containers[0] "app", fixed-tag spec.template.spec.containers[0] "app"
                    create-replicasets | false | pinned spec.template.spec.containers[0] "app", fixed-tag spec.template.spec.containers[0] "app", trusted-registry spec.template.spec.containers[0] "app"
                    create-deployments | false | pinned spec.template.spec.containers[0] "nginx"
                    create-statefulsets | false | pinned spec.template.spec.initContainers[0] "migrate", pinned spec.template.spec.containers[1] "side", trusted-registry spec.template.spec.initContainers[0] "migrate", trusted-registry spec.template.spec.containers[0] "app", trusted-registry spec.template.spec.containers[1] "side"
                    create-daemonsets | false | pinned spec.template.spec.containers[0] "app", trusted-registry spec.template.spec.containers[0] "app"
                    create-jobs | false | pinned spec.template.spec.containers[0] "job1"
                    create-cronjobs | false | pinned spec.jobTemplate.spec.template.spec.containers[0] "cj"
                    delete-deployments | true |
                    update-pods-ephemeralcontainers | false | pinned spec.ephemeralContainers[0] "dbg", fixed-tag spec.ephemeralContainers[0] "dbg"
                    update-pods-image | false | pinned spec.containers[0] "web", pinned spec.ephemeralContainers[0] "dbg", fixed-tag spec.ephemeralContainers[0] "dbg"
                    update-pods-label | false | pinned spec.containers[0] "web", pinned spec.ephemeralContainers[0] "dbg", fixed-tag spec.ephemeralContainers[0] "dbg"
                    """)
    void judgesRecordedReviews(String name, boolean allowed, String violations) throws Exception {
        byte[] body = Recorded.admission(name).getBytes(UTF_8);
        ReviewRequest request = new ReviewDecoder(WireLimits.DEFAULTS)
                .decode(body, body.length, ObjectPlaces.of(Workloads.wellKnown()));
        Decision decision = CheckedImages.of(request, ReviewStage.VALIDATING).decide(ImageGate.of(RESTRICTED));
        assertThat(decision.allowed()).isEqualTo(allowed);
        String found = decision.violations().stream()
                .map(violation -> violation.rule() + " "
                        + violation.image().map(ReviewedImage::place).orElseThrow())
                .collect(Collectors.joining(", "));
        assertThat(found).isEqualTo(violations == null ? "" : violations);
    }
}
