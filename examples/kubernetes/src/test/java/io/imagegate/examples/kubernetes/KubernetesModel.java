package io.imagegate.examples.kubernetes;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.Gson;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.openapi.models.V1ClusterRole;
import io.kubernetes.client.openapi.models.V1ClusterRoleBinding;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1MutatingWebhookConfiguration;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1ValidatingAdmissionPolicy;
import io.kubernetes.client.openapi.models.V1ValidatingAdmissionPolicyBinding;
import io.kubernetes.client.openapi.models.V1ValidatingWebhookConfiguration;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.util.Map;

/**
 * Kubernetes' own description of its kinds: a field that it does not know, a field that is missing, a value of another
 * type are refused. The Prometheus Operator's kinds have classes too, which know their fields but not which must be
 * there; kind's configuration has {@link FieldTypes}, and the other kinds have {@link Shape}s, written down here from their
 * documentation.
 */
final class KubernetesModel {

    /** Throws what is wrong with a document. */
    private interface Check {
        Object read(String json) throws Exception;
    }

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .annotationIntrospector(new NoCatchAll())
            .build();

    private static final Map<String, Check> KINDS = Map.ofEntries(
            Map.entry("v1 ConfigMap", V1ConfigMap::fromJson),
            Map.entry("v1 Namespace", V1Namespace::fromJson),
            Map.entry("v1 Pod", V1Pod::fromJson),
            Map.entry("v1 Secret", V1Secret::fromJson),
            Map.entry("v1 Service", V1Service::fromJson),
            Map.entry("v1 ServiceAccount", V1ServiceAccount::fromJson),
            Map.entry("apps/v1 Deployment", V1Deployment::fromJson),
            Map.entry("batch/v1 CronJob", V1CronJob::fromJson),
            Map.entry("batch/v1 Job", V1Job::fromJson),
            Map.entry("rbac.authorization.k8s.io/v1 ClusterRole", V1ClusterRole::fromJson),
            Map.entry("rbac.authorization.k8s.io/v1 ClusterRoleBinding", V1ClusterRoleBinding::fromJson),
            Map.entry("rbac.authorization.k8s.io/v1 Role", V1Role::fromJson),
            Map.entry("rbac.authorization.k8s.io/v1 RoleBinding", V1RoleBinding::fromJson),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler::fromJson),
            Map.entry("policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::fromJson),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::fromJson),
            Map.entry(
                    "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration",
                    V1MutatingWebhookConfiguration::fromJson),
            Map.entry(
                    "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy", V1ValidatingAdmissionPolicy::fromJson),
            Map.entry(
                    "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding",
                    V1ValidatingAdmissionPolicyBinding::fromJson),
            Map.entry(
                    "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration",
                    V1ValidatingWebhookConfiguration::fromJson),
            Map.entry("monitoring.coreos.com/v1 ServiceMonitor", json -> STRICT.readValue(json, ServiceMonitor.class)),
            Map.entry("monitoring.coreos.com/v1 PrometheusRule", json -> STRICT.readValue(json, PrometheusRule.class)));

    private KubernetesModel() {}

    /** Throws an error that names the document when Kubernetes would not take it. */
    static void check(Manifest manifest) {
        String kind = manifest.apiVersion() + " " + manifest.kind();
        try {
            FieldTypes ofKind = FieldTypes.ofKind();
            if (KINDS.containsKey(kind)) {
                KINDS.get(kind).read(new Gson().toJson(manifest.tree()));
            } else if (ofKind.knows(manifest)) {
                ofKind.check(manifest);
            } else {
                Shape.of(kind).check(manifest);
            }
        } catch (Exception wrong) {
            throw new AssertionError(manifest + ": " + wrong.getMessage(), wrong);
        }
    }

    /** The classes collect fields that they do not know; here such a field is an error. */
    private static final class NoCatchAll extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }
}
