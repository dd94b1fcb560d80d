package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.Gson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What helm makes of the chart, and what it refuses. */
@Tag("full")
class ChartRenderingTest {

    private static final String LONGEST_RELEASE = "r".repeat(53);

    /** Values with which the chart makes objects of all its kinds. */
    private static final String EVERYTHING = "monitoring.enabled=true,clusterCheck.enabled=true,form=mutating";

    @ParameterizedTest
    @EnumSource
    void isTheRecordedOutput(ChartForm form) throws Exception {
        String rendered = Helm.template("imagegate", "imagegate", form.arguments());
        if (Boolean.getBoolean("imagegate.record")) {
            Files.writeString(form.golden(), rendered);
        }
        assertThat(rendered)
                .as("run again with -Dimagegate.record=true to record another output")
                .isEqualTo(Files.readString(form.golden()));
    }

    /** So that tools which compare see no difference. */
    @ParameterizedTest
    @CsvSource({"validating, certManager", "validating, given", "mutating, certManager", "mutating, given"})
    void isTheSameWhenNothingChanged(String form, String from) throws Exception {
        String[] arguments = {
            "--set",
            "form=" + form + ",monitoring.enabled=true,certificates.from=" + from + ",certificates.given.secret=tls",
            "--set",
            "certificates.given.ca=-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "--set",
            "registries.files.registries\\.yaml=x,registries.files.ca\\.pem=y"
        };
        String once = Helm.template("imagegate", "imagegate", arguments);
        assertThat(Helm.template("imagegate", "imagegate", arguments)).isEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(strings = {"validating", "mutating"})
    void generatesNoCertificateWithoutACluster(String form) throws Exception {
        Command.Result made = Helm.run("template", "imagegate", Helm.CHART.toString(), "--set", "form=" + form);
        assertThat(made.status()).isOne();
        assertThat(made.output())
                .contains("certificates.from: \"generated\" needs a cluster")
                .contains("expected \"certManager\" or \"given\", or --dry-run=server, or certificates.ephemeral=true");
    }

    /** By the values of the page, without a cluster, as Argo CD does. */
    @Test
    void isRenderedForGitOps(@TempDir Path folder) throws Exception {
        for (Manifest object : ChartTest.ofGitOps()) {
            Object values = object.kind().equals("Application")
                    ? object.find("spec", "source", "helm", "valuesObject")
                    : object.find("spec", "values");
            if (values != null) {
                Path file = Files.writeString(folder.resolve("values.json"), new Gson().toJson(values));
                Command.Result made =
                        Helm.run("template", "imagegate", Helm.CHART.toString(), "--values", file.toString());
                assertThat(made.status()).as(made.output()).isZero();
            }
        }
    }

    /** By the name and the authority of the API server, which alone has a certificate where clients need one. */
    @Test
    void itsTestAsksTheServiceWhereClientsNeedNoCertificate() throws Exception {
        Manifests made = Helm.manifests("imagegate", "prod", "--set", "fullnameOverride=gate");
        Manifest test = made.one("Pod", "gate-test").podSpec().findFirst().orElseThrow();
        assertThat(test.each("containers").get(1).texts("args"))
                .startsWith("review", "https://gate.prod.svc/validate")
                .contains("--ca=/etc/imagegate/authority/ca.crt", "--any-decision");
        assertThat(test.each("volumes"))
                .anyMatch(volume -> "gate-tls".equals(volume.find("secret", "secretName"))
                        && "ca.crt".equals(volume.find("secret", "items", 0, "key")));
        Manifest server = made.one("Deployment", "gate").podSpec().findFirst().orElseThrow();
        assertThat(PodRules.container(server).texts("args")).contains("--service-name=gate.prod.svc");

        Manifests closed = Helm.manifests("imagegate", "prod", "--set", "options.client-ca=/etc/imagegate/keys/ca.pem");
        assertThat(closed.one("Pod", "imagegate-test")
                        .podSpec()
                        .findFirst()
                        .orElseThrow()
                        .each("containers"))
                .hasSize(1);
        assertThat(closed.all())
                .noneMatch(object -> "NetworkPolicy imagegate-test".equals(object.kind() + " " + object.name()));
    }

    /** What {@code pre-upgrade} needs is there before the first sync of Argo CD, too, or may be missing. */
    @Test
    void checksAnUpgradeWithWhatIsThere() throws Exception {
        String[] values = {
            "--set",
            "mounts[0].name=keys,mounts[0].secret=k,mounts[1].name=root,mounts[1].configMap=r",
            "--set",
            "registries.credentialsSecret=c,registries.files.registries\\.yaml=x,options.locale=zh-CN"
        };
        Manifests made = Helm.manifests("imagegate", "imagegate", values);
        List<Manifest> hooks = made.all().stream()
                .filter(object ->
                        "pre-install,pre-upgrade".equals(object.find("metadata", "annotations", "helm.sh/hook")))
                .toList();
        assertThat(hooks)
                .extracting(Manifest::kind, Manifest::name)
                .containsExactly(
                        tuple("ConfigMap", "imagegate-upgrade-policy"),
                        tuple("ConfigMap", "imagegate-upgrade-registries"),
                        tuple("Job", "imagegate-upgrade"));
        hooks.forEach(KubernetesModel::check);
        assertThat(hooks.get(0).find("data"))
                .isEqualTo(made.ofKind("ConfigMap").stream()
                        .filter(map -> map.name().startsWith("imagegate-policy-"))
                        .findFirst()
                        .orElseThrow()
                        .find("data"));
        Manifest pod = hooks.get(2).podSpec().findFirst().orElseThrow();
        assertThat(pod.find("serviceAccountName")).isNull();
        assertThat(pod.each("volumes"))
                .allSatisfy(volume -> assertThat(volume.find("emptyDir") != null
                                || hooks.stream().anyMatch(own -> own.name().equals(volume.find("configMap", "name")))
                                || Boolean.TRUE.equals(volume.find("configMap", "optional"))
                                || Boolean.TRUE.equals(volume.find("secret", "optional")))
                        .as(volume.toString())
                        .isTrue())
                .extracting(volume -> volume.text("name"))
                .containsExactly("policy", "tmp", "registries", "credentials", "keys", "root");
        assertThat(pod.texts("containers", 0, "args"))
                .containsExactly(
                        "serve",
                        "--dry-run",
                        "--log-format=text",
                        "--policy=/etc/imagegate/policy",
                        "--registries=/etc/imagegate/registries/registries.yaml",
                        "--unless-empty=/etc/imagegate/credentials",
                        "--unless-empty=/etc/imagegate/keys",
                        "--unless-empty=/etc/imagegate/root",
                        "--locale=zh-CN");
        assertThat(hooks.get(2).labels("spec", "template", "metadata", "labels"))
                .as("neither the Service nor a NetworkPolicy selects it")
                .containsEntry("app.kubernetes.io/component", "upgrade-check");

        Manifests mine = Helm.manifests("imagegate", "imagegate", "--set", "policy.configMap=mine");
        assertThat(mine.one("Job", "imagegate-upgrade")
                        .podSpec()
                        .findFirst()
                        .orElseThrow()
                        .texts("containers", 0, "args"))
                .contains("--unless-empty=/etc/imagegate/policy");
        assertThat(Helm.manifests("imagegate", "imagegate", "--set", "upgradeCheck.enabled=false")
                        .all())
                .noneMatch(
                        object -> object.kind().equals("Job") || object.name().contains("upgrade"));
    }

    /** Files of a control-plane machine are no objects, so two of them have no name. */
    @ParameterizedTest
    @EnumSource
    void isLinted(ChartForm form) throws Exception {
        List<String> words = new ArrayList<>(List.of("lint", Helm.CHART.toString()));
        words.addAll(List.of(form.arguments()));
        Command.Result linted = Helm.run(words.toArray(String[]::new));
        assertThat(linted.status()).as(linted.output()).isZero();
        assertThat(linted.output()).contains("1 chart(s) linted, 0 chart(s) failed");
        assertThat(linted.output().lines().filter(line -> line.startsWith("[WARNING]")))
                .hasSize(form == ChartForm.IMAGE_POLICY_WEBHOOK ? 2 : 0)
                .allMatch(line -> line.matches(
                        ".* templates/control-plane/(admission|kubeconfig)\\.yaml: object name does not conform .*"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "replica=3                              | additional properties 'replica' not allowed",
                "image.tags=1                           | at '/image': additional properties 'tags' not allowed",
                "options.polcy=x                        | at '/options': additional properties 'polcy' not allowed",
                "options.policy=x                       | at '/options': additional properties 'policy' not allowed",
                "form=other                             | at '/form': value must be one of 'validating', 'mutating', 'imagePolicyWebhook'",
                "replicas=two                           | at '/replicas': got string, want integer",
                "replicas=0                             | at '/replicas': minimum: got 0, want 1",
                "webhook.timeoutSeconds=31              | at '/webhook/timeoutSeconds': maximum: got 31, want 30",
                "webhook.failurePolicy=fail             | at '/webhook/failurePolicy': value must be one of 'Fail', 'Ignore'",
                "image.digest=sha256:abc                | at '/image/digest': 'sha256:abc' does not match pattern",
                "image.repository=registry.example/a:1  | at '/image/repository': 'registry.example/a:1' does not match pattern",
                "fullnameOverride=Upper                 | at '/fullnameOverride': 'Upper' does not match pattern",
                "fullnameOverride=9                     | at '/fullnameOverride': got number, want string",
                "certificates.generated.days=1          | at '/certificates/generated/days': minimum: got 1, want 60",
                "certificates.given.ca=no               | at '/certificates/given/ca': 'no' does not match pattern",
                "policy.files.a/b=x                     | at '/policy/files': additional properties 'a/b' not allowed",
                "policy.files.a\\.yaml=1                | at '/policy/files/a.yaml': got number, want null or string",
                "podLabels.app\\.kubernetes\\.io/name=x | podLabels: the chart sets app.kubernetes.io/name",
                "commonLabels.helm\\.sh/chart=x         | commonLabels: the chart sets helm.sh/chart",
                "extraEnv[0].value=x                    | at '/extraEnv/0': missing property 'name'",
                "imagePullSecrets[0].nam=x              | at '/imagePullSecrets/0'",
                "options.locale=de                      | at '/options/locale': value must be one of 'en', 'zh-CN'",
                "options.drain-delay=soon               | at '/options/drain-delay': 'soon' does not match pattern",
                "mounts[0].folder=x                     | at '/mounts/0'",
                "image.tag=                             | image.tag: expected a tag, or a digest in image.digest",
                "policy.files.policy\\.yaml=null        | policy.files: expected a file *.yaml with a policy, or the name of a ConfigMap in policy.configMap",
                "registries.files.ca\\.pem=x            | registries.files: expected the file registries.yaml",
                "registries.credentialsSecret=x         | registries.credentialsSecret: nothing names these credentials",
                "webhook.mutateWorkloads=true           | webhook.mutateWorkloads: only the form \"mutating\" changes workloads",
                "certificates.from=given                | certificates.given.secret: certificates.from is \"given\", so it is required",
                "replicas=1                             | podDisruptionBudget.minAvailable: 1 is not less than replicas (1)",
                "podDisruptionBudget.minAvailable=2     | podDisruptionBudget.minAvailable: 2 is not less than replicas (2)",
                "mounts[0].name=x                       | mounts: \"x\": expected a configMap or a secret",
            })
    void refusesWithASentenceThatNamesTheValue(String value, String sentence) throws Exception {
        assertThat(Helm.refusal("--set", value)).contains(sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "autoscaling.enabled=true,autoscaling.minReplicas=7          | autoscaling.minReplicas: 7 is more than autoscaling.maxReplicas (6)",
                "autoscaling.enabled=true,autoscaling.minReplicas=1          | podDisruptionBudget.minAvailable: 1 is not less than autoscaling.minReplicas (1)",
                "mounts[0].name=tls,mounts[0].secret=x                       | mounts: the name \"tls\" is used already",
                "mounts[0].name=x,mounts[0].secret=x,mounts[0].configMap=x   | mounts: \"x\": expected a configMap or a secret",
                "certificates.from=given,certificates.given.secret=x         | certificates.given.ca: certificates.from is \"given\", so it is required",
                "extraVolumes[0].name=tls                                    | extraVolumes: the name \"tls\" is used already",
                "extraVolumeMounts[0].name=x                                 | extraVolumeMounts: no volume has the name \"x\"",
                "serviceAccount.name=x,serviceAccount.annotations.a=b        | serviceAccount.annotations: the ServiceAccount of serviceAccount.name is yours",
                "hostNetwork=true                                            | hostNetwork: no NetworkPolicy holds for a pod in the network of its node; expected options.client-ca",
                "hostNetwork=true,options.client-ca=/x,monitoring.enabled=true | monitoring.serviceMonitor.tlsConfig: in the network of the node metrics are served to clients with a certificate alone",
                "hostNetwork=true,options.client-ca=/x,replicas=1,podDisruptionBudget.enabled=false | replicas: with hostNetwork a pod ends before the next one starts; expected at least 2",
                "monitoring.serviceMonitor.tlsConfig.serverName=x            | monitoring.serviceMonitor.tlsConfig: without hostNetwork metrics are served over plain HTTP",
                "ports.https=8080                                            | ports.management: 8080 is another port already",
                "webhook.url=https://a/validate                              | at '/webhook/url': 'https://a/validate' does not match pattern",
                "webhook.url=https://a                                       | webhook.url: the server and its certificate are outside; expected certificates.from=given",
                "webhook.url=https://a,certificates.from=given               | certificates.given.ca: certificates.from is \"given\", so it is required",
                "webhook.url=https://a,certificates.from=given,hostNetwork=true | hostNetwork: the server is at webhook.url, outside this cluster",
                "webhook.policySet=prod                                      | webhook.policySet: names policies of a server at webhook.url",
                "form=imagePolicyWebhook,webhook.url=https://a               | webhook.url: a static pod has no objects of the cluster",
                "form=imagePolicyWebhook,extraVolumes[0].name=x              | extraVolumes: a static pod has no objects of the cluster",
                "form=imagePolicyWebhook,policy.configMap=x                  | policy.configMap: a static pod has no objects of the cluster",
                "form=imagePolicyWebhook,monitoring.enabled=true             | monitoring.serviceMonitor.tlsConfig: in the network of the node",
                "form=imagePolicyWebhook,monitoring.enabled=true,monitoring.serviceMonitor.enabled=false,ports.metrics=18080 | ports.metrics: 18080 is another port already",
            })
    void refusesWhatDoesNotFitTogether(String values, String sentence) throws Exception {
        assertThat(Helm.refusal("--set", values)).contains(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.b-c", "9lives", "imagegate", "my-imagegate-2"})
    void makesNamesThatServicesMayHave(String release) throws Exception {
        checkNames(Helm.manifests(release, "elsewhere", "--set", EVERYTHING), "elsewhere");
    }

    @Test
    void shortensLongNamesAndKeepsThemApart() throws Exception {
        String[] arguments = {"--set", EVERYTHING};
        Manifests one = Helm.manifests(LONGEST_RELEASE, "n".repeat(63), arguments);
        checkNames(one, "n".repeat(63));
        Manifests other = Helm.manifests(LONGEST_RELEASE.substring(1) + "s", "n".repeat(63), arguments);
        assertThat(names(one)).doesNotContainAnyElementsOf(names(other));
        String overridden = "f".repeat(55);
        Manifests named = Helm.manifests("a", "b", "--set", EVERYTHING + ",fullnameOverride=" + overridden);
        checkNames(named, "b");
        named.one("Service", overridden + "-metrics");
        assertThat(Helm.refusal("--set", "fullnameOverride=" + overridden + "f"))
                .contains("at '/fullnameOverride': maxLength: got 56, want 55");
    }

    /** Names of objects of the cluster, too, which belong to no namespace. */
    @ParameterizedTest
    @CsvSource({"one, a, two, a", "one, a, one, b", "imagegate, a, imagegate, b"})
    void twoReleasesShareNoObject(String first, String namespace, String second, String other) throws Exception {
        String[] arguments = {"--set", EVERYTHING};
        Manifests one = Helm.manifests(first, namespace, arguments);
        Manifests two = Helm.manifests(second, other, arguments);
        assertThat(names(one)).doesNotContainAnyElementsOf(names(two));
        assertThat(one.ofKind("Deployment").get(0).labels("spec", "selector", "matchLabels"))
                .satisfies(labels -> assertThat(first + namespace).isNotEqualTo(second + other))
                .containsEntry("app.kubernetes.io/instance", first);
        assertThat(two.ofKind("ValidatingWebhookConfiguration")
                        .get(0)
                        .text("webhooks", 0, "clientConfig", "service", "namespace"))
                .isEqualTo(other);
    }

    private static Set<String> names(Manifests manifests) {
        Set<String> names = new HashSet<>();
        manifests
                .all()
                .forEach(manifest -> names.add(
                        manifest.kind() + " " + manifest.find("metadata", "namespace") + "/" + manifest.name()));
        return names;
    }

    private static void checkNames(Manifests manifests, String namespace) {
        assertThat(names(manifests)).hasSameSizeAs(manifests.all());
        assertThat(manifests.ofKind("CronJob"))
                .hasSize(1)
                .allMatch(job -> job.name().length() <= 52);
        for (Manifest manifest : manifests.all()) {
            KubernetesModel.check(manifest);
            assertThat(manifest.name()).matches("[a-z]([-a-z0-9.]*[a-z0-9])?").hasSizeLessThanOrEqualTo(253);
            if (manifest.kind().equals("Service")) {
                assertThat(manifest.name())
                        .matches("[a-z]([-a-z0-9]*[a-z0-9])?")
                        .hasSizeLessThanOrEqualTo(63);
            }
            if (manifest.kind().startsWith("ClusterRole")) {
                assertThat(manifest.find("metadata", "namespace")).isNull();
            } else if (manifest.kind().endsWith("WebhookConfiguration")) {
                assertThat(manifest.find("metadata", "namespace")).isNull();
                assertThat(manifest.texts("webhooks", 0, "namespaceSelector", "matchExpressions", 0, "values"))
                        .containsExactly("kube-system", namespace);
            } else {
                assertThat(manifest.text("metadata", "namespace")).isEqualTo(namespace);
            }
            if (manifest.find("metadata", "labels") != null) {
                assertThat(manifest.labels("metadata", "labels").values())
                        .allMatch(value ->
                                value.matches("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?") && value.length() <= 63);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ .Values.form }}",
                "{{ fail \"x\" }}",
                "'\"`\\ # : - | >",
                "a\n---\nkind: Pod\n",
                "\ttab\r\n  trailing  \n\n",
                "镜像 \ud83d\ude00",
                "${datasource} $(HOME) %s",
            })
    void writesTextsAsTheyAre(String text, @TempDir Path folder) throws Exception {
        Path values = folder.resolve("values.yaml");
        String quoted = quote(text);
        Files.writeString(values, """
                podAnnotations: {a.example/b: %1$s}
                policy: {files: {a.yaml: %1$s}}
                registries: {files: {registries.yaml: %1$s}}
                nodeSelector: {}
                tolerations: [{key: %1$s, operator: Exists}]
                options: {plugins: %1$s}
                """.formatted(quoted));
        Manifests made = Helm.manifests("imagegate", "imagegate", "--values", values.toString());
        Manifest deployment = made.one("Deployment", "imagegate");
        assertThat(deployment.find("spec", "template", "metadata", "annotations", "a.example/b"))
                .isEqualTo(text);
        assertThat(deployment.find("spec", "template", "spec", "tolerations", 0, "key"))
                .isEqualTo(text);
        assertThat(deployment.texts("spec", "template", "spec", "containers", 0, "args"))
                .contains("--plugins=" + text);
        assertThat(made.ofKind("ConfigMap"))
                .extracting(map -> map.find("data", "a.yaml"))
                .contains(text);
        assertThat(made.ofKind("ConfigMap"))
                .extracting(map -> map.find("data", "registries.yaml"))
                .contains(text);
        assertThat(made.ofKind("Pod")).hasSize(1);
    }

    /** In double quotes of YAML. */
    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(character -> quoted.append("\\U%08x".formatted(character)));
        return quoted.append('"').toString();
    }

    @Test
    void aChangeOfFilesAndNothingElseRenamesTheConfigMap() throws Exception {
        String before = policyConfigMap();
        assertThat(policyConfigMap("--set", "replicas=3")).isEqualTo(before);
        assertThat(policyConfigMap("--set", "policy.files.key\\.pub=x")).isNotEqualTo(before);
        assertThat(policyConfigMap("--set", "policy.configMap=mine")).isEqualTo("mine");
    }

    private static String policyConfigMap(String... arguments) throws IOException, InterruptedException {
        Manifests made = Helm.manifests("imagegate", "imagegate", arguments);
        String name = made.one("Deployment", "imagegate").each("spec", "template", "spec", "volumes").stream()
                .filter(volume -> volume.text("name").equals("policy"))
                .map(volume -> volume.text("configMap", "name"))
                .findFirst()
                .orElseThrow();
        assertThat(made.ofKind("ConfigMap").stream()
                        .map(Manifest::name)
                        .filter(map -> !map.startsWith("imagegate-upgrade-"))
                        .toList())
                .isEqualTo(name.equals("mine") ? List.of() : List.of(name));
        return name;
    }

    @Test
    void makesAnAuthorityAndACertificateForItsHost() throws Exception {
        Manifests made = Helm.manifests("imagegate", "imagegate", "--set", "form=mutating");
        Manifest tls = made.one("Secret", "imagegate-tls");
        X509Certificate authority = certificate(tls, "ca.crt");
        X509Certificate leaf = certificate(tls, "tls.crt");
        leaf.verify(authority.getPublicKey());
        authority.verify(authority.getPublicKey());
        assertThat(authority.getBasicConstraints()).isNotNegative();
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(leaf.getExtendedKeyUsage()).contains("1.3.6.1.5.5.7.3.1");
        assertThat(leaf.getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .containsExactly("imagegate.imagegate.svc", "imagegate.imagegate.svc.cluster.local");
        Instant now = Instant.now();
        assertThat(leaf.getNotAfter().toInstant())
                .isBetween(now.plus(Duration.ofDays(364)), now.plus(Duration.ofDays(366)));
        assertThat(authority.getNotAfter().toInstant()).isAfter(now.plus(Duration.ofDays(3649)));
        long renewal = Long.parseLong(tls.text("metadata", "annotations", "imagegate.io/renew-after"));
        assertThat(Instant.ofEpochSecond(renewal))
                .isBetween(now.plus(Duration.ofDays(181)), now.plus(Duration.ofDays(184)));
        for (String kind : List.of("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration")) {
            assertThat(made.one(kind, "imagegate.imagegate").text("webhooks", 0, "clientConfig", "caBundle"))
                    .isEqualTo(tls.text("data", "ca.crt"));
        }
        Manifest kept = made.one("Secret", "imagegate-ca");
        long end = Long.parseLong(kept.text("metadata", "annotations", "imagegate.io/not-after"));
        assertThat(Instant.ofEpochSecond(end))
                .isBetween(
                        authority.getNotAfter().toInstant().minusSeconds(60),
                        authority.getNotAfter().toInstant());
        assertThat(kept.text("data", "tls.crt")).isEqualTo(tls.text("data", "ca.crt"));
        assertThat(made.one("Deployment", "imagegate").tree().toString()).doesNotContain("imagegate-ca");
    }

    private static X509Certificate certificate(Manifest secret, String key) throws Exception {
        byte[] pem = Base64.getDecoder().decode(secret.text("data", key));
        assertThat(new String(pem, StandardCharsets.US_ASCII)).startsWith("-----BEGIN CERTIFICATE-----");
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }

    @Test
    void registersNoWebhookUntilToldTo() throws Exception {
        Manifests made = Helm.manifests("imagegate", "imagegate", "--set", "webhook.register=false,form=mutating");
        assertThat(made.all()).extracting(Manifest::kind).noneMatch(kind -> kind.endsWith("WebhookConfiguration"));
        made.one("Secret", "imagegate-tls");
    }

    @Test
    void putsWhatIsSetIntoTheObjects(@TempDir Path folder) throws Exception {
        Path values = Files.writeString(folder.resolve("values.yaml"), """
                image: {repository: mirror.internal/imagegate, tag: "1", digest: "sha256:%s", pullPolicy: Always}
                imagePullSecrets: [pull, {name: other}]
                commonLabels: {cost: "42"}
                extraEnv: [{name: A, value: b}, {name: C, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]
                extraVolumes: [{name: keys, csi: {driver: keys.example, readOnly: true}}]
                extraVolumeMounts: [{name: keys, mountPath: /keys, readOnly: true}]
                serviceAccount: {annotations: {cloud.example/role: reader}}
                service: {annotations: {mesh.example/port: "443"}}
                deploymentAnnotations: {reload.example/auto: "true"}
                options: {log-decisions: all, max-in-flight: 1000000, max-body-bytes: 8m}
                mounts: [{name: client, secret: client-key}]
                webhook:
                  failurePolicy: Ignore
                  timeoutSeconds: 7
                  annotations: {drift.example/ignore: "true"}
                  excludedNamespaces: [kube-system, cilium]
                  extraRules:
                    - {apiGroups: [argoproj.io], apiVersions: ["*"], operations: [CREATE, UPDATE], resources: [rollouts]}
                form: mutating
                nodeSelector: {kubernetes.io/os: linux}
                tolerations: [{key: a, operator: Equal, value: b, effect: NoSchedule, tolerationSeconds: 3}]
                affinity: {podAntiAffinity: {}}
                priorityClassName: gate
                revisionHistoryLimit: 2
                podSecurityContext: {runAsUser: null, runAsGroup: null, fsGroup: null}
                hostAliases: [{ip: 198.18.0.1, hostnames: [registry.internal]}]
                dnsPolicy: None
                dnsConfig: {nameservers: [198.18.0.2]}
                podAnnotations: {sidecar.istio.io/inject: "false"}
                podLabels: {team: platform}
                resources: {requests: {cpu: 1, memory: 256Mi}, limits: {memory: 256Mi}}
                networkPolicy: {enabled: false}
                clusterCheck:
                  enabled: true
                  extraRules: [{apiGroups: [batch.example], resources: [runs]}]
                """.formatted("a".repeat(64)));
        Manifests made = Helm.manifests(
                "imagegate", "imagegate", "--values", values.toString(), "--set", "webhook.mutateWorkloads=true");
        made.all().forEach(KubernetesModel::check);
        Manifest pod = made.one("Deployment", "imagegate").podSpec().findFirst().orElseThrow();
        assertThat(pod.labels("securityContext").keySet()).containsExactly("runAsNonRoot", "seccompProfile");
        assertThat(pod.text("dnsPolicy") + pod.texts("dnsConfig", "nameservers"))
                .isEqualTo("None[198.18.0.2]");
        assertThat(made.one("Deployment", "imagegate").number("spec", "revisionHistoryLimit"))
                .isEqualTo(2);
        Manifest container = PodRules.container(pod);
        assertThat(container.text("image")).isEqualTo("mirror.internal/imagegate:1@sha256:" + "a".repeat(64));
        assertThat(container.text("imagePullPolicy")).isEqualTo("Always");
        assertThat(container.texts("args"))
                .contains("--log-decisions=all", "--max-in-flight=1000000", "--max-body-bytes=8m");
        for (Manifest of : List.of(
                pod,
                made.one("Pod", "imagegate-test").podSpec().findFirst().orElseThrow(),
                made.one("CronJob", "imagegate-cluster-check")
                        .podSpec()
                        .findFirst()
                        .orElseThrow())) {
            Manifest first = of.each("containers").get(0);
            assertThat(of.find("securityContext", "runAsUser")).isNull();
            assertThat(of.text("imagePullSecrets", 0, "name")).isEqualTo("pull");
            assertThat(of.text("imagePullSecrets", 1, "name")).isEqualTo("other");
            assertThat(first.text("env", 0, "value")).isEqualTo("b");
            assertThat(first.text("env", 1, "valueFrom", "fieldRef", "fieldPath"))
                    .isEqualTo("spec.nodeName");
            assertThat(of.each("volumes")).anyMatch(volume -> "keys.example".equals(volume.find("csi", "driver")));
            assertThat(first.each("volumeMounts"))
                    .anyMatch(mount -> mount.text("mountPath").equals("/keys"));
        }
        assertThat(made.one("ClusterRole", "imagegate-cluster-check.imagegate").each("rules"))
                .anyMatch(rule -> rule.texts("apiGroups").contains("batch.example")
                        && rule.texts("resources").contains("runs")
                        && rule.texts("verbs").equals(List.of("list")));
        assertThat(made.all())
                .allMatch(object ->
                        "42".equals(object.labels("metadata", "labels").get("cost")));
        assertThat(made.one("ServiceAccount", "imagegate").text("metadata", "annotations", "cloud.example/role"))
                .isEqualTo("reader");
        assertThat(made.one("Service", "imagegate").text("metadata", "annotations", "mesh.example/port"))
                .isEqualTo("443");
        assertThat(made.one("Deployment", "imagegate").text("metadata", "annotations", "reload.example/auto"))
                .isEqualTo("true");
        assertThat(pod.text("nodeSelector", "kubernetes.io/os")).isEqualTo("linux");
        assertThat(pod.number("tolerations", 0, "tolerationSeconds")).isEqualTo(3);
        assertThat(pod.find("affinity", "podAntiAffinity")).isNotNull();
        assertThat(pod.text("priorityClassName")).isEqualTo("gate");
        assertThat(pod.each("volumes")).anyMatch(volume -> "client-key".equals(volume.find("secret", "secretName")));
        assertThat(made.one("Deployment", "imagegate").labels("spec", "template", "metadata", "labels"))
                .containsEntry("team", "platform")
                .containsEntry("cost", "42");
        assertThat(made.one("Deployment", "imagegate").labels("spec", "selector", "matchLabels"))
                .doesNotContainKey("cost");
        assertThat(made.ofKind("NetworkPolicy")).isEmpty();
        for (String kind : List.of("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration")) {
            Manifest webhook =
                    made.one(kind, "imagegate.imagegate").each("webhooks").get(0);
            assertThat(made.one(kind, "imagegate.imagegate").text("metadata", "annotations", "drift.example/ignore"))
                    .isEqualTo("true");
            assertThat(webhook.text("failurePolicy")).isEqualTo("Ignore");
            assertThat(webhook.number("timeoutSeconds")).isEqualTo(7);
            assertThat(webhook.texts("namespaceSelector", "matchExpressions", 0, "values"))
                    .containsExactly("kube-system", "cilium", "imagegate");
            assertThat(webhook.each("rules"))
                    .anyMatch(rule -> rule.texts("resources").contains("deployments"))
                    .filteredOn(rule -> rule.texts("resources").contains("rollouts"))
                    .hasSize(kind.startsWith("Validating") ? 1 : 0);
        }
    }

    @Test
    void takesAnIssuerOfTheUser() throws Exception {
        Manifests made = Helm.manifests(
                "imagegate",
                "imagegate",
                "--set",
                "certificates.from=certManager,certificates.certManager.issuer.name=company,certificates.certManager.issuer.kind=ClusterIssuer");
        assertThat(made.ofKind("Issuer")).isEmpty();
        assertThat(made.ofKind("Certificate")).hasSize(1);
        assertThat(made.one("Certificate", "imagegate").labels("spec", "issuerRef"))
                .containsEntry("name", "company")
                .containsEntry("kind", "ClusterIssuer")
                .containsEntry("group", "cert-manager.io");
    }

    @Test
    void theNetworkOfTheNodeIsOpenToClientsWithACertificateAlone() throws Exception {
        Manifests made = Helm.manifests(
                "imagegate",
                "imagegate",
                "--set",
                "hostNetwork=true,options.client-ca=/etc/imagegate/clients/ca.crt,mounts[0].name=clients,mounts[0].secret=clients,"
                        + "ports.https=10250,ports.management=18080,ports.metrics=19443,affinity.nodeAffinity.a=b,"
                        + "monitoring.enabled=true,monitoring.serviceMonitor.tlsConfig.serverName=imagegate.imagegate.svc");
        Manifest deployment = made.one("Deployment", "imagegate");
        Manifest pod = deployment.podSpec().findFirst().orElseThrow();
        PodRules.check(pod);
        assertThat(pod.get("hostNetwork")).isEqualTo(true);
        assertThat(pod.text("dnsPolicy")).isEqualTo("ClusterFirstWithHostNet");
        Manifest container = PodRules.container(pod);
        assertThat(container.texts("args"))
                .contains(
                        "--port=10250",
                        "--management-host=127.0.0.1",
                        "--management-port=18080",
                        "--metrics-port=19443",
                        "--client-ca=/etc/imagegate/clients/ca.crt");
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container.text(probe, "httpGet", "host")).isEqualTo("127.0.0.1");
        }
        assertThat(container.each("ports").stream().map(port -> port.number("containerPort")))
                .containsExactly(10250, 18080, 19443);
        assertThat(deployment.number("spec", "strategy", "rollingUpdate", "maxSurge"))
                .isZero();
        assertThat(deployment.number("spec", "strategy", "rollingUpdate", "maxUnavailable"))
                .isOne();
        assertThat(pod.labels(
                        "affinity",
                        "podAntiAffinity",
                        "requiredDuringSchedulingIgnoredDuringExecution",
                        0,
                        "labelSelector",
                        "matchLabels"))
                .isEqualTo(deployment.labels("spec", "selector", "matchLabels"));
        assertThat(pod.texts(
                        "affinity",
                        "podAntiAffinity",
                        "requiredDuringSchedulingIgnoredDuringExecution",
                        0,
                        "matchLabelKeys"))
                .as("pods without hostNetwork may still be there")
                .containsExactly("pod-template-hash");
        assertThat(pod.text("affinity", "nodeAffinity", "a")).isEqualTo("b");
        assertThat(made.ofKind("NetworkPolicy")).as("what does not hold").isEmpty();
        assertThat(made.one("Service", "imagegate-metrics").each("spec", "ports"))
                .hasSize(1)
                .allMatch(port -> port.text("targetPort").equals("metrics") && port.number("port") == 19443);
        Manifest endpoint = made.one("ServiceMonitor", "imagegate")
                .each("spec", "endpoints")
                .get(0);
        assertThat(endpoint.text("port") + " " + endpoint.text("scheme") + " "
                        + endpoint.text("tlsConfig", "serverName"))
                .isEqualTo("metrics https imagegate.imagegate.svc");
    }

    private static Path authority(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
    }

    private static Manifests outside(Path authority, String settings) throws Exception {
        return Helm.manifests(
                "imagegate",
                "imagegate",
                "--set",
                settings + ",certificates.from=given",
                "--set-file",
                "certificates.given.ca=" + authority);
    }

    @Test
    void aServerOutsideNeedsTheWebhookConfigurationsAlone(@TempDir Path folder) throws Exception {
        Path authority = authority(folder);
        Manifests made =
                outside(authority, "form=mutating,webhook.url=https://imagegate.example:8443/,webhook.policySet=prod");
        made.all().forEach(KubernetesModel::check);
        assertThat(made.all())
                .extracting(Manifest::kind)
                .containsExactlyInAnyOrder("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration");
        for (Manifest configuration : made.all()) {
            Manifest client = configuration.each("webhooks").get(0);
            assertThat(client.text("clientConfig", "url"))
                    .isEqualTo("https://imagegate.example:8443/"
                            + (configuration.kind().startsWith("V") ? "validate" : "mutate") + "/prod");
            assertThat(client.find("clientConfig", "service")).isNull();
            assertThat(Base64.getDecoder().decode(client.text("clientConfig", "caBundle")))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo(Files.readString(authority));
        }
    }

    /** What the API server of this cluster says of it, and nothing that its server would have to be scraped for. */
    @Test
    void aServerOutsideHasTheAlertsOfTheApiServer(@TempDir Path folder) throws Exception {
        Manifests made =
                outside(authority(folder), "webhook.url=https://imagegate.example:8443,monitoring.enabled=true");
        assertThat(made.all())
                .extracting(Manifest::kind)
                .containsExactlyInAnyOrder("ValidatingWebhookConfiguration", "PrometheusRule");
        List<Manifest> alerts = made.one("PrometheusRule", "imagegate").each("spec", "groups").stream()
                .flatMap(group -> group.each("rules").stream())
                .toList();
        assertThat(alerts)
                .extracting(alert -> alert.text("alert"))
                .containsExactly(
                        "ImagegateDoesNotAnswer",
                        "ImagegateIsBypassed",
                        "ImagegateWebhookIsMissing",
                        "ImagegateWebhookWasChanged");
        assertThat(alerts)
                .extracting(alert -> alert.text("expr"))
                .noneMatch(expression -> expression.contains("imagegate_"));
    }

    /** A static pod answers Prometheus at the address of its machine, and reviews over the loopback interface alone. */
    @Test
    void staticPodsServeMetricsToClientsWithACertificate() throws Exception {
        Manifests made = Helm.manifests(
                "imagegate",
                "imagegate",
                "--set",
                "form=imagePolicyWebhook,monitoring.enabled=true,monitoring.serviceMonitor.tlsConfig.serverName=127.0.0.1,"
                        + "ports.metrics=19443");
        Manifest server = made.one("Pod", "imagegate");
        Manifest container = PodRules.container(server.podSpec().findFirst().orElseThrow());
        assertThat(container.texts("args"))
                .contains("--host=127.0.0.1", "--metrics-host=0.0.0.0", "--metrics-port=19443")
                .noneMatch(argument -> argument.startsWith("--management-host"));
        Manifest service = made.one("Service", "imagegate-metrics");
        assertThat(service.text("metadata", "namespace")).isEqualTo(server.text("metadata", "namespace"));
        assertThat(server.labels("metadata", "labels")).containsAllEntriesOf(service.labels("spec", "selector"));
        assertThat(service.each("spec", "ports").get(0).text("targetPort"))
                .isEqualTo(container.each("ports").get(0).text("name"));
        Manifest monitor = made.one("ServiceMonitor", "imagegate");
        assertThat(service.labels("metadata", "labels"))
                .containsAllEntriesOf(monitor.labels("spec", "selector", "matchLabels"));
        assertThat(monitor.texts("spec", "namespaceSelector", "matchNames")).containsExactly("kube-system");
        assertThat(monitor.each("spec", "endpoints").get(0).text("scheme")).isEqualTo("https");
        made.one("ConfigMap", "imagegate-dashboard");
        assertThat(made.ofKind("PrometheusRule"))
                .as("kubeadm/prometheusrule.yaml has it")
                .isEmpty();
    }

    @Test
    void takesAServiceAccountOfTheUser() throws Exception {
        Manifests made = Helm.manifests(
                "imagegate", "imagegate", "--set", "serviceAccount.name=mine", "--set", "priorityClassName=");
        assertThat(made.ofKind("ServiceAccount")).isEmpty();
        Manifest pod = made.one("Deployment", "imagegate").podSpec().findFirst().orElseThrow();
        assertThat(pod.text("serviceAccountName")).isEqualTo("mine");
        assertThat(pod.find("priorityClassName")).isNull();
    }

    /** Helm then adds the value "global". */
    @Test
    void canBeAPartOfAnotherChart(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("Chart.yaml"), """
                apiVersion: v2
                name: platform
                version: 1.0.0
                dependencies: [{name: imagegate, version: ">=0.0.0", repository: "file://%s"}]
                """.formatted(Helm.CHART));
        Files.writeString(
                folder.resolve("values.yaml"),
                "global: {a: b}\nimagegate: {replicas: 3, certificates: {ephemeral: true}}\n");
        Command.Result built = Helm.run("dependency", "build", folder.toString());
        assertThat(built.status()).as(built.output()).isZero();
        Command.Result made = Helm.run("template", "imagegate", folder.toString(), "--namespace", "imagegate");
        assertThat(made.status()).as(made.output()).isZero();
        Manifests manifests = Manifests.parse("part", made.output());
        assertThat(manifests.one("Deployment", "imagegate").number("spec", "replicas"))
                .isEqualTo(3);
    }
}
