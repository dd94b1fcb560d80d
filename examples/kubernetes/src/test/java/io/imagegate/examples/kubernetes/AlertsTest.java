package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Alerts fire and are silent when they should, and ask for metrics and webhooks that exist. The chart's are those of the component. */
class AlertsTest {

    private static final Path RESOURCES = Manifests.FOLDER.resolve("src/test/resources/alerts");
    private static final Path NAMES = Manifests.FOLDER.resolve("../../adapter-undertow/cli/names.txt");
    private static final Path PAGE = Manifests.FOLDER.resolve("../../adapter-undertow/cli/OPERATIONS.md");
    private static final String GROUPS = "groups";

    private static final Pattern KNOWN = Pattern.compile("(?m)^(?:metric )?(\\w+)(?:\\{([\\w,]*)})?(?: \\w+)?$");
    private static final Pattern USED = Pattern.compile("\\b((?:imagegate|apiserver|kube)_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~?|!=)\"([^\"]*)\"");
    private static final Pattern BUCKETS = Pattern.compile("_(?:bucket|sum|count)$");

    /** Given by Prometheus when it scrapes, or by functions. */
    private static final Set<String> OF_THE_TARGET = Set.of("namespace", "pod", "instance", "le");

    /** Where alerts are, and what makes the webhooks and plugins that they name. */
    enum Form {
        MONITORING("components/monitoring", 2),
        KUBEADM("kubeadm", 0, "kubeadm/admission.yaml"),
        STATIC("static", 1, "static/admission.yaml", "static/manifests/imagegate.yaml");

        private final String folder;
        private final int countOfWebhooks;
        private final List<String> files;

        Form(String folder, int countOfWebhooks, String... files) {
            this.folder = folder;
            this.countOfWebhooks = countOfWebhooks;
            this.files = List.of(files);
        }

        Manifest rules() throws IOException {
            return Manifests.file(Manifests.FOLDER.resolve(folder).resolve("prometheusrule.yaml"))
                    .all()
                    .get(0);
        }

        /** Each alert by its name. */
        Map<String, Manifest> alerts() throws IOException {
            Map<String, Manifest> alerts = new LinkedHashMap<>();
            for (Manifest group : rules().each("spec", GROUPS)) {
                group.each("rules")
                        .forEach(rule -> assertThat(alerts.putIfAbsent(rule.text("alert"), rule))
                                .isNull());
            }
            return alerts;
        }

        /** The series of cases, by alert, outcome and name. */
        Map<String, Map<String, Map<String, Map<String, String>>>> cases() throws IOException {
            Path file = RESOURCES.resolve(Path.of(folder).getFileName() + ".yaml");
            return castCases(Manifests.file(file).all().get(0).tree());
        }

        List<Manifest> made() throws IOException {
            List<Manifest> made = new ArrayList<>();
            for (String file : files) {
                made.addAll(Manifests.file(Manifests.FOLDER.resolve(file)).all());
            }
            if (this == MONITORING) {
                made.addAll(ChartForm.VALIDATING.manifests().all());
                made.addAll(ChartForm.MUTATING.manifests().all());
                made.addAll(Manifests.folder(Manifests.FOLDER.resolve("base")).all());
                made.addAll(Manifests.folder(Manifests.FOLDER.resolve("components/mutation"))
                        .all());
            }
            return made;
        }

        private Stream<Manifest> webhookConfigurations() throws IOException {
            return made().stream().filter(manifest -> manifest.kind().endsWith("WebhookConfiguration"));
        }

        Set<String> configurations() throws IOException {
            return webhookConfigurations().map(Manifest::name).collect(Collectors.toSet());
        }

        Set<String> webhooks() throws IOException {
            return webhookConfigurations()
                    .flatMap(manifest -> manifest.each("webhooks").stream())
                    .map(webhook -> webhook.text("name"))
                    .collect(Collectors.toSet());
        }

        /** Those that the files turn on, and one that every API server has. */
        Set<String> plugins() throws IOException {
            return Stream.concat(
                            Stream.of("NamespaceLifecycle"),
                            made().stream()
                                    .filter(manifest -> manifest.kind().equals("AdmissionConfiguration"))
                                    .flatMap(manifest -> manifest.each("plugins").stream())
                                    .map(plugin -> plugin.text("name")))
                    .collect(Collectors.toSet());
        }
    }

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource
    void firesAndIsSilent(Form form) throws Exception {
        Map<String, Manifest> ofOthers = form == Form.MONITORING ? Map.of() : Form.MONITORING.alerts();
        Set<String> expected = new HashSet<>(form.alerts().keySet());
        form.alerts().forEach((name, alert) -> {
            Manifest other = ofOthers.get(name);
            if (other != null && renamed(other).equals(alert.tree().toString())) {
                expected.remove(name);
            }
        });
        assertThat(form.cases().keySet()).isEqualTo(expected);

        Machine.needs("promtool");
        Command.Result result = run(form);
        assertThat(result.status()).as(result.output()).isZero();
    }

    /** The alert of the component, as it is where Imagegate is a static pod. */
    private static String renamed(Manifest alert) {
        return alert.tree().toString().replace("namespace=\"imagegate\"", "namespace=\"kube-system\"");
    }

    /** Each alert alone, because promtool evaluates all rules of a file each minute of each case. */
    private Command.Result run(Form form) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool", "test", "rules"));
        Map<String, Manifest> alerts = form.alerts();
        form.cases().forEach((name, outcomes) -> {
            assertThat(outcomes).as(name).containsOnlyKeys("fires", "silent");
            List<Object> tests = new ArrayList<>();
            outcomes.forEach((outcome, cases) -> {
                assertThat(cases).as(name + " " + outcome).isNotEmpty();
                cases.values().forEach(series -> tests.add(test(name, series, outcome.equals("fires"))));
            });
            write(name + "-rules.yaml", Map.of(GROUPS, List.of(group(alerts.get(name)))));
            Map<String, Object> file = Map.of("rule_files", List.of(name + "-rules.yaml"), "tests", tests);
            command.add(write(name + ".yaml", file).toString());
        });
        return Command.run(folder, command);
    }

    private static Map<String, Object> group(@Nullable Manifest rule) {
        return Map.of(
                "name", "alone", "rules", List.of(Objects.requireNonNull(rule).tree()));
    }

    private Path write(String name, Object content) {
        try {
            return Files.writeString(folder.resolve(name), json(content));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** A case of two hours: whether the alert fires at any time. */
    private static Map<String, Object> test(String alert, Map<String, String> series, boolean fires) {
        List<Map<String, String>> input = new ArrayList<>();
        series.forEach((metric, values) -> input.add(Map.of("series", metric, "values", values)));
        String firing =
                "count(max_over_time(ALERTS{alertname=\"%s\",alertstate=\"firing\"}[3h])) > bool 0".formatted(alert);
        List<Object> samples = fires ? List.of(Map.of("labels", "{}", "value", 1)) : List.of();
        Map<String, Object> query = Map.of("expr", firing, "eval_time", "2h", "exp_samples", samples);
        return Map.of("interval", "1m", "input_series", input, "promql_expr_test", List.of(query));
    }

    /** Numbers are the only scalars that are no texts. */
    private static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> json(entry.getKey()) + ": " + json(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(AlertsTest::json).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof Number
                ? value.toString()
                : "'" + value.toString().replace("'", "''") + "'";
    }

    @ParameterizedTest
    @EnumSource
    void namesMetricsThatAreMade(Form form) throws IOException {
        for (Manifest alert : form.alerts().values()) {
            assertThat(unknown(alert.text("expr"))).as(alert.text("alert")).isEmpty();
        }
    }

    @Test
    void otherMetricsAndLabelsAreSeen() throws IOException {
        assertThat(unknown("imagegate_ready == 1")).isEmpty();
        assertThat(unknown("imagegate_readiness == 1")).containsExactly("imagegate_readiness");
        assertThat(unknown("imagegate_ready{set=\"a\"} == 1")).containsExactly("imagegate_ready{set}");
        assertThat(unknown("apiserver_admission_webhook_rejection_total{name=\"a\"} > 0"))
                .containsExactly("apiserver_admission_webhook_rejection_total");
    }

    private static List<String> unknown(String expression) throws IOException {
        Map<String, Set<String>> known = new HashMap<>();
        for (Path list : List.of(NAMES, RESOURCES.resolve("metrics-of-others.txt"))) {
            for (Matcher line = KNOWN.matcher(Files.readString(list)); line.find(); ) {
                Set<String> labels =
                        line.group(2) == null ? Set.of() : Set.of(line.group(2).split(","));
                known.put(line.group(1), labels);
            }
        }
        List<String> unknown = new ArrayList<>();
        for (Matcher used = USED.matcher(expression); used.find(); ) {
            String metric = used.group(1);
            Set<String> labels =
                    known.getOrDefault(metric, known.get(BUCKETS.matcher(metric).replaceFirst("")));
            if (labels == null) {
                unknown.add(metric);
            } else if (used.group(2) != null) {
                MATCHER.matcher(used.group(2))
                        .results()
                        .map(label -> label.group(1))
                        .filter(label -> !labels.contains(label) && !OF_THE_TARGET.contains(label))
                        .forEach(label -> unknown.add(metric + "{" + label + "}"));
            }
        }
        return unknown;
    }

    @ParameterizedTest
    @EnumSource
    void namesWebhooksAndPluginsThatAreMade(Form form) throws IOException {
        Set<String> webhooks = form.webhooks();
        assertThat(webhooks).hasSize(form.countOfWebhooks);
        Set<String> configurations = form.configurations();
        Set<String> plugins = form.plugins();
        for (Manifest alert : form.alerts().values()) {
            assertThat(values(alert, "apiserver_admission_webhook_\\w+", "name"))
                    .as(alert.text("alert"))
                    .allSatisfy(names -> assertThat(webhooks).allMatch(names));
            assertThat(values(alert, "kube_\\w+webhookconfiguration_\\w+", "\\w+configuration"))
                    .as(alert.text("alert"))
                    .allSatisfy(names -> assertThat(configurations).anyMatch(names));
            assertThat(values(alert, "apiserver_(?:manifest|admission_controller)_\\w+", "name|plugin"))
                    .as(alert.text("alert"))
                    .allSatisfy(names -> assertThat(plugins).anyMatch(names));
        }
    }

    @Test
    void anAlertForOneOfTwoWebhooksIsSeen() throws IOException {
        Manifest alert = Objects.requireNonNull(Form.MONITORING.alerts().get("ImagegateDoesNotAnswer"));
        String both = alert.text("expr");
        String one = both.replace("=~\"(mutate\\\\.)?images\\\\.imagegate\\\\.io\"", "=\"images.imagegate.io\"");
        assertThat(one).isNotEqualTo(both);
        List<Predicate<String>> names =
                values(new Manifest("one", Map.of("expr", one)), "apiserver_admission_webhook_\\w+", "name");
        assertThat(names)
                .isNotEmpty()
                .noneSatisfy(accepted -> assertThat(Form.MONITORING.webhooks()).allMatch(accepted));
    }

    /** What the matchers of a label accept, where metrics are asked for. */
    private static List<Predicate<String>> values(Manifest alert, String metric, String label) {
        return Pattern.compile("\\b" + metric + "\\{([^}]*)}")
                .matcher(alert.text("expr"))
                .results()
                .flatMap(selector -> MATCHER.matcher(selector.group(1)).results())
                .filter(matcher -> matcher.group(1).matches(label))
                .map(AlertsTest::accepted)
                .toList();
    }

    private static Predicate<String> accepted(MatchResult matcher) {
        String value = matcher.group(3).replace("\\\\", "\\");
        return matcher.group(2).equals("=~") ? Pattern.compile(value).asMatchPredicate() : value::equals;
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatIsWrongAndWhatToDo(Form form) throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).contains("\n## Alerts\n");
        form.alerts().forEach((name, alert) -> {
            assertThat(alert.text("annotations", "summary")).as(name).endsWith(".");
            assertThat(alert.text("annotations", "description")).as(name).endsWith(".");
            assertThat(alert.text("annotations", "runbook_url")).as(name).endsWith("/OPERATIONS.md#alerts");
            assertThat(alert.text("labels", "severity")).as(name).isIn("critical", "warning");
            assertThat(page).contains("| `" + name + "` | " + alert.text("labels", "severity") + " |");
        });
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Map<String, Map<String, String>>>> castCases(Object map) {
        return (Map<String, Map<String, Map<String, Map<String, String>>>>) map;
    }
}
