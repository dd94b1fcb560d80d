package io.imagegate.document;

import io.imagegate.document.file.FileAccess;
import io.imagegate.document.file.FileTree;
import io.imagegate.document.file.Source;
import io.imagegate.document.pattern.RegistryPatterns;
import io.imagegate.document.policy.Builtin;
import io.imagegate.document.policy.LanguageExtensions;
import io.imagegate.document.policy.PolicyLoading;
import io.imagegate.document.policy.ReaderSettings;
import io.imagegate.document.rule.CelExpressions;
import io.imagegate.document.rule.CustomRules;
import io.imagegate.document.yaml.Problems;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.PatternSet;
import io.imagegate.rule.RuleFactory;
import io.imagegate.text.ByteOrderMark;
import io.imagegate.time.TimeSource;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads policy files. Immutable and thread-safe.
 *
 * <pre>{@code
 * PolicySet policies = new PolicyDocuments().load(Path.of("policies"));
 * }</pre>
 *
 * <p>A file is YAML 1.2 or JSON in UTF-8, has at most 4 MiB and one or more documents: policies, policy tests, and named lists of
 * patterns that all policies loaded together share. A mistake in any file rejects
 * all files; policies are never loaded in part.
 *
 * @since 0.1
 */
public final class PolicyDocuments {

    private static final String NO_SIGNATURES =
            "this program cannot verify them; PolicyDocuments.withSignatures allows them";

    static {
        ReaderSettings.setAccess(documents -> ((PolicyDocuments) documents).settings());
        FileAccess.setAccess((documents, files) -> ((PolicyDocuments) documents).reading(files));
    }

    private final InstantSource clock;
    private final @Nullable CustomRules custom;
    private final @Nullable String whyNoContent;
    private final @Nullable TrustCheck trust;
    private final Consumer<DocumentProblem> warnings;
    private final @Nullable PatternSet registries;
    private final String whyNoSignatures;
    private final boolean strict;
    private final Supplier<FileTree> files;

    /**
     * Makes a reader that uses the system clock and finds rules written in Java with {@link java.util.ServiceLoader}.
     */
    public PolicyDocuments() {
        this(TimeSource.system(), null, null, null, warning -> {}, null, NO_SIGNATURES, false, () -> FileTree.DISK);
    }

    private PolicyDocuments(
            InstantSource clock,
            @Nullable CustomRules custom,
            @Nullable String whyNoContent,
            @Nullable TrustCheck trust,
            Consumer<DocumentProblem> warnings,
            @Nullable PatternSet registries,
            String whyNoSignatures,
            boolean strict,
            Supplier<FileTree> files) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.custom = custom;
        this.whyNoContent = whyNoContent;
        this.trust = trust;
        this.warnings = Objects.requireNonNull(warnings, "warnings");
        this.registries = registries;
        this.whyNoSignatures = Objects.requireNonNull(whyNoSignatures, "why");
        this.strict = strict;
        this.files = files;
    }

    /** {@return the clock of its policies} */
    public InstantSource clock() {
        return clock;
    }

    /** {@return the clock with its timers} */
    TimeSource time() {
        return TimeSource.of(clock);
    }

    /**
     * {@return a copy whose policies use another clock, for tests and replays}
     *
     * @param other the clock for decisions, warnings and, in a gate, everything that has an age
     */
    public PolicyDocuments withClock(InstantSource other) {
        return new PolicyDocuments(
                other, custom, whyNoContent, trust, warnings, registries, whyNoSignatures, strict, files);
    }

    /**
     * {@return a copy that uses these rules written in Java instead of searching for them}
     *
     * @param factories factories of rules
     */
    public PolicyDocuments withFactories(Collection<? extends RuleFactory> factories) {
        return new PolicyDocuments(
                clock,
                CustomRules.of(factories),
                whyNoContent,
                trust,
                warnings,
                registries,
                whyNoSignatures,
                strict,
                files);
    }

    /**
     * {@return a copy that uses these rules written in Java beside those that {@link java.util.ServiceLoader} finds now} Of two with
     * one name it uses the one given here.
     *
     * @param factories factories of rules
     */
    public PolicyDocuments withMoreFactories(Collection<? extends RuleFactory> factories) {
        return new PolicyDocuments(
                clock,
                CustomRules.installedAnd(factories),
                whyNoContent,
                trust,
                warnings,
                registries,
                whyNoSignatures,
                strict,
                files);
    }

    /**
     * {@return a copy that refuses policies with rules on the content of images or with images to pin, for programs without a
     * {@link io.imagegate.fact.FactSource}} Policy tests may have such rules, since their cases give the facts.
     *
     * @param why what the program lacks; the end of the message about such a rule
     */
    public PolicyDocuments withoutContent(String why) {
        return new PolicyDocuments(
                clock,
                custom,
                Objects.requireNonNull(why, "why"),
                trust,
                warnings,
                registries,
                whyNoSignatures,
                strict,
                files);
    }

    /**
     * {@return a copy that accepts policies with rules on signatures and attestations, for programs whose
     * {@link io.imagegate.fact.FactSource} verifies them} Others refuse such policies. Policy tests may have such rules, since
     * their cases say who signed.
     *
     * @param check checks each trusted root of a policy
     */
    public PolicyDocuments withSignatures(TrustCheck check) {
        return new PolicyDocuments(
                clock,
                custom,
                whyNoContent,
                Objects.requireNonNull(check, "check"),
                warnings,
                registries,
                whyNoSignatures,
                strict,
                files);
    }

    /**
     * {@return a copy that says why it refuses policies with rules on signatures and attestations, for programs that could
     * verify them, but do not}
     *
     * @param why what the program lacks; the end of the message about such a rule
     */
    public PolicyDocuments withoutSignatures(String why) {
        return new PolicyDocuments(clock, custom, whyNoContent, null, warnings, registries, why, strict, files);
    }

    /**
     * {@return a copy that reports probable mistakes} For example, a rule on the content of images that need no digest: a tag
     * can move between the check and the pull. Of the policies of policy tests it reports what {@link #strict()} refuses.
     *
     * @param listener called for each warning before valid policies are returned
     */
    public PolicyDocuments withWarnings(Consumer<DocumentProblem> listener) {
        return new PolicyDocuments(
                clock, custom, whyNoContent, trust, listener, registries, whyNoSignatures, strict, files);
    }

    /**
     * {@return a copy that also warns of rules with {@code onUnavailable} that apply to images of other registries} Those never
     * count as down.
     *
     * @param hosts the registries that are named exactly, as images name them
     */
    public PolicyDocuments withRegistries(Collection<String> hosts) {
        return new PolicyDocuments(
                clock,
                custom,
                whyNoContent,
                trust,
                warnings,
                RegistryPatterns.of(hosts),
                whyNoSignatures,
                strict,
                files);
    }

    /**
     * {@return a copy that refuses what other readers warn of, as far as the text alone shows it} For example, the pattern {@code
     * 10.0.0.0/8}, which is no network. What depends on the day stays a warning, such as an exception that has expired.
     */
    public PolicyDocuments strict() {
        return new PolicyDocuments(
                clock, custom, whyNoContent, trust, warnings, registries, whyNoSignatures, true, files);
    }

    /** {@return the names of the built-in policies for {@link #load(String)}} */
    public static List<String> builtins() {
        return builtins(false);
    }

    /** {@return the names of the built-in policies that must be filled in before they can be loaded from a file} */
    public static List<String> builtinTemplates() {
        return builtins(true);
    }

    private static List<String> builtins(boolean templates) {
        return Arrays.stream(Builtin.values())
                .filter(each -> each.isTemplate() == templates)
                .map(Builtin::location)
                .toList();
    }

    /**
     * Returns the text of a built-in policy.
     *
     * @param location its name, such as {@code builtin:fixed-tags}; also that of a {@linkplain #builtinTemplates() template}
     * @return the text of its file
     * @throws PolicyDocumentException if there is no such policy
     */
    public static String builtin(String location) {
        return Builtin.find(location)
                .map(Builtin::policy)
                .orElseGet(() -> requireBuiltin(location).policy());
    }

    /** Finds a built-in policy that can be loaded. */
    static Builtin requireBuiltin(String location) {
        Problems problems = new Problems();
        Optional<Builtin> builtin = new PolicyLoading(
                        new LanguageExtensions(new CelExpressions(), CustomRules.of(List.of()), text -> {}), problems)
                .findBuiltin(location);
        PolicyDocumentException.throwIfAny(problems);
        return builtin.orElseThrow();
    }

    /**
     * Loads policies from a file, a folder or the library.
     *
     * @param location name of a file or folder, or of a {@linkplain #builtins() built-in policy}
     * @return the policies
     * @throws PolicyDocumentException if a policy is invalid, or there is none
     */
    public PolicySet load(String location) {
        PolicyLoading loading = loading();
        loading.location(location);
        return finish(loading, location);
    }

    /**
     * Loads policies from several locations into one set.
     *
     * @param locations at least one name of a file or folder, or of a {@linkplain #builtins() built-in policy}
     * @return the policies
     * @throws PolicyDocumentException if a policy is invalid, or there is none
     */
    public PolicySet load(List<String> locations) {
        PolicyLoading loading = loading();
        locations.forEach(loading::location);
        return finish(loading, String.join(", ", locations));
    }

    /**
     * Loads policies from a file, or from all files of a folder whose names end in {@code .yaml}, {@code .yml} or
     * {@code .json}, in the order of their names. Hidden files, folders in it and policy tests are skipped.
     *
     * @param path the file or folder
     * @return the policies
     * @throws PolicyDocumentException if a policy is invalid, or there is none
     */
    public PolicySet load(Path path) {
        PolicyLoading loading = loading();
        loading.path(path);
        return finish(loading, path.toString());
    }

    /**
     * Parses policies from a text, which cannot refer to files.
     *
     * @param name name of the text, for messages
     * @param text the text
     * @return the policies
     * @throws PolicyDocumentException if a policy is invalid, or there is none
     * @throws java.util.concurrent.CancellationException if the thread is interrupted while patterns are compared, which takes long for
     *     thousands
     */
    public PolicySet read(String name, String text) {
        PolicyLoading loading = loading();
        Source source = new Source(name, null, loading.files(), loading.problems());
        loading.text(source, ByteOrderMark.removeFrom(text));
        return finish(loading, name);
    }

    private PolicyDocuments reading(Supplier<FileTree> others) {
        return new PolicyDocuments(
                clock, custom, whyNoContent, trust, warnings, registries, whyNoSignatures, strict, others);
    }

    PolicyLoading loading() {
        return new PolicyLoading(extensions(), new Problems(), files.get());
    }

    private ReaderSettings settings() {
        return new ReaderSettings(
                extensions(),
                clock,
                strict,
                problem -> warnings.accept(DocumentProblem.of(problem)),
                PolicyDocumentException::throwIfAny);
    }

    private LanguageExtensions extensions() {
        return new LanguageExtensions(
                new CelExpressions(),
                custom == null ? CustomRules.installed() : custom,
                trust == null ? text -> {} : trust::check);
    }

    PolicySet finish(PolicyLoading loading, String location) {
        loading.readPolicies(); // They have the rules that may be refused.
        if (whyNoContent != null) {
            loading.content().refuse(whyNoContent);
            loading.mutation().refusePin(whyNoContent);
        } else if (trust == null) {
            loading.content().refuseSignatures(whyNoSignatures);
        }
        List<Policy> read = loading.finish(location);
        if (strict) {
            loading.mistakes().forEach(loading.problems()::add);
        }
        PolicyDocumentException.throwIfAny(loading.problems());
        PolicySet policies = PolicySet.of(read, clock);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        loading.warnings(today, registries).stream().map(DocumentProblem::of).forEach(warnings);
        return policies;
    }
}
