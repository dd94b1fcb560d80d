package io.imagegate.examples.frameworks;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.imagegate.object.ObjectParser;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.javaoperatorsdk.webhook.admission.AdmissionController;
import io.javaoperatorsdk.webhook.admission.NotAllowedException;

/** Admission controller of the Java Operator SDK for pods. */
public final class PodAdmission {

    private PodAdmission() {}

    /**
     * {@return a controller for an endpoint of the operator}
     *
     * @param gate decides on the images of each pod, as they are written
     */
    public static AdmissionController<Pod> controller(ImageGate gate) {
        return new AdmissionController<>((pod, oldPod, operation) -> {
            Decision decision = decide(gate, pod);
            if (!decision.allowed()) {
                throw new NotAllowedException(decision.reason(), 403);
            }
        });
    }

    /**
     * {@return the decision on a pod}
     *
     * @param gate decides on its images
     * @param pod the pod
     */
    public static Decision decide(ImageGate gate, Pod pod) {
        ObjectParser parser = ObjectParser.of(gate.policies().workloads());
        return gate.decide(parser.parse(Serialization.asJson(pod)).review(""));
    }
}
