package io.imagegate.policytest;

import io.imagegate.document.file.Source;
import io.imagegate.document.policy.Builtin;
import io.imagegate.document.policy.Documents;
import io.imagegate.document.policy.Documents.Typed;
import io.imagegate.document.policy.LanguageExtensions;
import io.imagegate.document.policy.PolicyLoading;
import io.imagegate.document.yaml.Problem;
import io.imagegate.document.yaml.Problems;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.fact.FactSource;
import io.imagegate.policy.PolicySet;
import io.imagegate.policytest.PolicyTestReader.Written;
import io.imagegate.workload.Workloads;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** State of one load of policy tests and the policies that they test. */
final class PolicyTestLoading {

    private final LanguageExtensions extensions;
    private final InstantSource clock;
    private final @Nullable PolicySet given;
    private final @Nullable Function<Path, FactSource> layouts;
    private final Problems problems;
    private final PolicyLoading beside;

    /** The policies that tests name, of this load and of those of single files. */
    private final List<PolicyLoading> loaded;

    /** The documents of a file. */
    private record InFile(Source source, List<Typed> documents) {}

    /** Starts a load. If policies are given, they are tested instead of those that the tests name. */
    PolicyTestLoading(
            LanguageExtensions extensions,
            InstantSource clock,
            @Nullable PolicySet given,
            @Nullable Function<Path, FactSource> layouts) {
        this(extensions, clock, given, layouts, new PolicyLoading(extensions, new Problems()), new ArrayList<>());
    }

    private PolicyTestLoading(
            LanguageExtensions extensions,
            InstantSource clock,
            @Nullable PolicySet given,
            @Nullable Function<Path, FactSource> layouts,
            PolicyLoading beside,
            List<PolicyLoading> loaded) {
        this.extensions = extensions;
        this.clock = clock;
        this.given = given;
        this.layouts = layouts;
        this.problems = beside.problems();
        this.beside = beside;
        this.loaded = loaded;
        loaded.add(beside);
    }

    Problems problems() {
        return problems;
    }

    /** {@return the probable mistakes in policies that depend on the text alone, each once} */
    List<Problem> mistakes() {
        return loaded.stream()
                .flatMap(loading -> loading.mistakes().stream())
                .distinct()
                .toList();
    }

    /** {@return the tests in a file or folder or of a built-in policy, which are complete if there is no problem} */
    List<PolicyTest> location(String location) {
        if (Builtin.isNamed(location)) {
            return builtin(location);
        }
        try {
            Path path = Path.of(location);
            List<PolicyTest> tests = Files.isDirectory(path) ? folder(path) : file(path);
            if (tests.isEmpty() && problems.count() == 0) {
                problems.add(location, "no policy test, expected a document of kind: " + Documents.POLICY_TEST);
            }
            return tests;
        } catch (InvalidPathException e) {
            problems.add(location, "not the name of a file: " + e.getReason());
            return List.of();
        }
    }

    /** Tests without spec.policy are about the policies in their own file, so each file is loaded by itself. Sets are shared. */
    private List<PolicyTest> folder(Path folder) {
        List<InFile> files = beside.files().policyFiles(folder).stream()
                .flatMap(file -> inFolder(file).stream())
                .toList();
        files.forEach(file -> file.documents.stream()
                .filter(PolicyTestLoading::areSets)
                .forEach(sets -> beside.add(file.source, sets)));
        return files.stream()
                .flatMap(file -> new PolicyTestLoading(extensions, clock, given, layouts, beside.withSameSets(), loaded)
                                .tests(
                                        file.source,
                                        file.documents.stream()
                                                .filter(document -> !areSets(document))
                                                .toList())
                                .stream())
                .toList();
    }

    private static boolean areSets(Typed document) {
        return document.kind().equals(Documents.IMAGE_SETS);
    }

    /** Skips what tests name beside policies, such as reports of scanners and manifests. */
    private Optional<InFile> inFolder(Path file) {
        Source source = Source.of(file, beside.files(), problems);
        return beside.files()
                .text(file)
                .filter(text -> text.contains(Documents.GROUP))
                .map(text -> new InFile(source, Documents.read(source, text)));
    }

    private List<PolicyTest> builtin(String location) {
        Source source = new Source(location, null, beside.files(), problems);
        return beside.findBuiltin(location)
                .map(found -> tests(source, found.test()))
                .orElse(List.of());
    }

    private List<PolicyTest> file(Path file) {
        Source source = Source.of(file, beside.files(), problems);
        return beside.files().text(file).map(text -> tests(source, text)).orElse(List.of());
    }

    /** {@return the tests in a text that stands in no file} */
    List<PolicyTest> text(String name, String text) {
        return tests(new Source(name, null, beside.files(), problems), text);
    }

    private List<PolicyTest> tests(Source source, String text) {
        return tests(source, Documents.read(source, text));
    }

    private List<PolicyTest> tests(Source source, List<Typed> documents) {
        List<Written> written = new ArrayList<>();
        for (Typed document : documents) {
            if (!document.kind().equals(Documents.POLICY_TEST)) {
                beside.add(source, document);
            } else {
                PolicyTestReader.read(document.fields()).ifPresent(written::add);
            }
        }
        beside.readPolicies(); // Mistakes in them are reported, also if the tests name others.
        return written.stream().flatMap(test -> test(source, test).stream()).toList();
    }

    private Optional<PolicyTest> test(Source source, Written test) {
        Optional<PolicySet> policies = given != null
                ? Optional.of(given)
                : test.policy().map(node -> named(source, node)).orElseGet(() -> inSameFile(source));
        Workloads workloads = policies.map(PolicySet::workloads).orElseGet(Workloads::wellKnown);
        List<PolicyTestCase> cases =
                PolicyTestReader.cases(source, workloads, new Layouts(source, layouts), test.spec());
        policies.ifPresent(set -> cases.forEach(each -> each.facts().requireSigners(set)));
        return policies.map(set -> new PolicyTest(test.name(), set, cases));
    }

    private Optional<PolicySet> inSameFile(Source source) {
        if (beside.readPolicies().isEmpty() && problems.count() == 0) {
            problems.add(
                    source.name(),
                    "no policy to test, expected spec.policy, or a document of kind: " + Documents.POLICY
                            + " in the same file");
        }
        return set(beside);
    }

    private Optional<PolicySet> named(Source source, YamlNode node) {
        PolicyLoading loading = new PolicyLoading(extensions, problems);
        loaded.add(loading);
        int before = problems.count();
        List<YamlNode> locations = node.isList() ? node.items() : List.of(node);
        locations.forEach(location -> location.text().ifPresent(name -> load(source, name, location, loading)));
        if (loading.readPolicies().isEmpty() && problems.count() == before) {
            node.problem("no policy in "
                    + locations.stream()
                            .flatMap(location -> location.text().stream())
                            .map(YamlNode::quote)
                            .collect(Collectors.joining(", "))
                    + ", expected a document of kind: " + Documents.POLICY);
        }
        return set(loading);
    }

    private static void load(Source source, String location, YamlNode node, PolicyLoading loading) {
        try {
            if (Builtin.isNamed(location) || source.folder() == null) {
                loading.location(location);
            } else {
                loading.path(source.folder().resolve(Path.of(location)));
            }
        } catch (InvalidPathException e) {
            node.problem(YamlNode.quote(location) + ", expected the name of a file");
        }
    }

    private Optional<PolicySet> set(PolicyLoading loading) {
        loading.check();
        return loading.readPolicies().isEmpty() || problems.count() > 0
                ? Optional.empty()
                : Optional.of(PolicySet.of(loading.readPolicies(), clock));
    }
}
