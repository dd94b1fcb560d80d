package io.imagegate.document.policy;

import io.imagegate.document.file.FileTree;
import io.imagegate.document.file.Source;
import io.imagegate.document.file.SourceFiles;
import io.imagegate.document.pattern.MutationChecks;
import io.imagegate.document.pattern.SharedSets;
import io.imagegate.document.policy.Documents.Typed;
import io.imagegate.document.rule.ContentRules;
import io.imagegate.document.rule.Reach;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.Position;
import io.imagegate.document.yaml.Problem;
import io.imagegate.document.yaml.Problems;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.policy.Policy;
import io.imagegate.reference.PatternSet;
import io.imagegate.text.Suggestion;
import io.imagegate.workload.Workload;
import io.imagegate.workload.Workloads;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * State of one load of policies: collects documents and problems of all locations. Policies are read after all documents are known,
 * since any of them may have the sets that a policy uses.
 */
public final class PolicyLoading {

    private final LanguageExtensions extensions;
    private final Problems problems;
    private final SourceFiles files;
    private final List<Policy> policies = new ArrayList<>();
    private final ContentRules content = new ContentRules();
    private final PolicyWarnings warnings = new PolicyWarnings();
    private final Reach reach = new Reach(warnings);
    private final MutationChecks mutation = new MutationChecks();
    private final SharedSets sets;
    private final List<Unread> unread = new ArrayList<>();
    private final WorkloadReader workloads = new WorkloadReader();
    private final Map<String, Position> names = new HashMap<>();
    /** Whether a policy has a mistake: it is not among those that are read, and its workloads are not known. */
    private boolean mistaken;

    private record Unread(Source source, Fields document) {}

    public PolicyLoading(LanguageExtensions extensions, Problems problems) {
        this(extensions, problems, FileTree.DISK);
    }

    public PolicyLoading(LanguageExtensions extensions, Problems problems, FileTree tree) {
        this(extensions, problems, new SharedSets(), tree);
    }

    private PolicyLoading(LanguageExtensions extensions, Problems problems, SharedSets sets, FileTree tree) {
        this.extensions = extensions;
        this.problems = problems;
        this.sets = sets;
        this.files = new SourceFiles(problems, tree);
    }

    /** {@return another load, whose policies may use the sets of this one} */
    public PolicyLoading withSameSets() {
        return new PolicyLoading(extensions, problems, sets, FileTree.DISK);
    }

    public Problems problems() {
        return problems;
    }

    public SourceFiles files() {
        return files;
    }

    /** {@return the rules that look at the content of images} */
    public ContentRules content() {
        return content;
    }

    /**
     * {@return probable mistakes}
     *
     * @param today the day
     * @param registries all images of registries that are named exactly; null if the registries are unknown
     */
    public List<Problem> warnings(LocalDate today, @Nullable PatternSet registries) {
        return Stream.of(
                        content.warnings(),
                        registries == null ? List.<Problem>of() : content.outages(registries),
                        mutation.warnings(),
                        warnings.unknownKinds(kindsWithImages()),
                        warnings.at(today))
                .flatMap(List::stream)
                .toList();
    }

    /** {@return those of the probable mistakes that depend on the text alone} */
    public List<Problem> mistakes() {
        return warnings.mistakes();
    }

    private Set<String> kindsWithImages() {
        List<Workload> named = policies.stream()
                .flatMap(policy -> policy.workloads().stream())
                .distinct()
                .toList();
        return Workloads.with(named, kind -> false).all().stream()
                .map(Workload::kind)
                .collect(Collectors.toSet());
    }

    /** {@return the lists of patterns, and the mutation with which they are compared} */
    public MutationChecks mutation() {
        return mutation;
    }

    /** {@return the policies of all documents so far, of which those that are new are read} */
    public List<Policy> readPolicies() {
        List<Unread> more = List.copyOf(unread);
        unread.clear();
        more.forEach(policy -> policy(policy.source, policy.document));
        return policies;
    }

    /** Loads a file, a folder or a built-in policy. */
    public void location(String location) {
        if (Builtin.isNamed(location)) {
            builtin(location);
            return;
        }
        try {
            path(Path.of(location));
        } catch (InvalidPathException e) {
            problems.add(location, "not the name of a file: " + e.getReason());
        }
    }

    private void builtin(String location) {
        findBuiltin(location).ifPresent(found -> text(new Source(location, null, files, problems), found.policy()));
    }

    /** {@return a built-in policy that can be loaded; otherwise a problem is recorded} */
    public Optional<Builtin> findBuiltin(String location) {
        Optional<Builtin> builtin = Builtin.find(location);
        if (builtin.isEmpty()) {
            problems.add(
                    location, "there is no such built-in policy, " + Suggestion.oneOf(location, Builtin.locations()));
        }
        if (builtin.filter(Builtin::isTemplate).isPresent()) {
            problems.add(
                    location,
                    "a template, which names no signer of yours: print it with \"imagegate policy show "
                            + Builtin.nameIn(location) + "\", fill it in, and load that file");
        }
        return builtin.filter(found -> !found.isTemplate());
    }

    public void path(Path path) {
        if (!files.isFolder(path)) {
            file(path);
            return;
        }
        int before = problems.count();
        List<Path> found = files.policyFiles(path);
        found.forEach(this::file);
        if (found.isEmpty() && problems.count() == before) {
            problems.add(path.toString(), "no policy in this folder, expected files *.yaml, *.yml or *.json");
        }
    }

    private void file(Path file) {
        files.text(file).ifPresent(text -> text(Source.of(file, files, problems), text));
    }

    public void text(Source source, String text) {
        Documents.read(source, text).forEach(document -> add(source, document));
    }

    /** Adds a document of any kind; policy tests are left out. */
    public void add(Source source, Typed document) {
        switch (document.kind()) {
            case Documents.POLICY -> unread.add(new Unread(source, document.fields()));
            case Documents.IMAGE_SETS -> sets(source, document.fields());
            default -> {}
        }
    }

    private void sets(Source source, Fields document) {
        document.require("metadata")
                .flatMap(Metadata::fields)
                .ifPresent(metadata -> Metadata.check(metadata, "image sets"));
        document.require("spec")
                .flatMap(spec -> spec.fields("sets"))
                .flatMap(spec -> spec.require("sets"))
                .ifPresent(node -> sets.define(source, node, warnings));
    }

    /** Policies need different names, because reasons and logs identify them by name. */
    private void policy(Source source, Fields document) {
        Optional<Policy> policy = new PolicyReader(
                        source, extensions, content, warnings, mutation, sets, workloads, reach)
                .read(document);
        mistaken |= policy.isEmpty();
        policy.ifPresent(policies::add);
        policy.ifPresent(p -> {
            Position before = names.putIfAbsent(p.name(), document.owner().at());
            if (before != null) {
                document.require("metadata")
                        .ifPresent(metadata -> metadata.problem("policy "
                                + YamlNode.quote(p.name()) + " is already defined in " + before.file() + " line "
                                + before.line()
                                + ", expected another name"));
            }
        });
    }

    /** Compares what was read of different policies. */
    public void check() {
        List<Policy> read = readPolicies();
        mutation.check();
        if (!mistaken) {
            mutation.requireKinds(Workloads.with(
                    read.stream().flatMap(policy -> policy.workloads().stream()).toList(),
                    kind -> read.stream().allMatch(policy -> policy.ignoresKind(kind))));
        }
    }

    /** {@return the policies, which are complete if there is no problem; none is a problem} */
    public List<Policy> finish(String location) {
        List<Policy> read = readPolicies();
        check();
        if (read.isEmpty() && problems.count() == 0) {
            problems.add(location, "no policy, expected a document of kind: " + Documents.POLICY);
        }
        return read;
    }
}
