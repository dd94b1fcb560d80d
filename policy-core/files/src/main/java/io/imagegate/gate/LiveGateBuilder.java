package io.imagegate.gate;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.fact.FactSource;
import io.imagegate.metric.MetricSink;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Opens a {@link LiveGate} with other settings than {@link LiveGate#open(String)}. Not thread-safe.
 *
 * <pre>{@code
 * LiveGate gate = LiveGate.builder()
 *         .policies("policies/")
 *         .documents(new PolicyDocuments().withWarnings(warning -> System.err.println(warning)))
 *         .listener(state -> System.err.println(state.problem().map(Object::toString).orElse("loaded " + state.digest())))
 *         .openLater();
 * }</pre>
 *
 * @since 0.1
 */
public final class LiveGateBuilder {

    PolicyLocations locations = PolicyLocations.NONE;

    @Nullable
    PolicySet policies;

    @Nullable
    Path registries;

    @Nullable
    FactSource facts;

    String whyNoRegistries =
            "this needs the registries to ask, the second argument of LiveGate.open, and " + Providers.REGISTRY;
    PolicyDocuments documents = new PolicyDocuments();
    MetricSink metrics = MetricSink.NONE;
    ClassLoader loader = Objects.requireNonNull(LiveGate.class.getClassLoader(), "loader");
    boolean followed = true;
    private GateListener listener = state -> {};
    private @Nullable GateLog log;

    LiveGateBuilder() {}

    /** {@return the reader of policies, which logs warnings if there is a log} */
    PolicyDocuments documents() {
        return log == null ? documents : documents.withWarnings(log::warn);
    }

    /** {@return what is called for each load: the log, if there is one, and the listener} */
    GateListener listener() {
        GateLog first = log;
        GateListener second = listener;
        return first == null
                ? second
                : state -> {
                    first.changed(state);
                    second.changed(state);
                };
    }

    /**
     * Sets where the policies without a name come from. All must allow.
     *
     * @param names at least one name of a file or folder, or of a built-in policy such as {@code builtin:baseline}
     * @return this
     * @throws IllegalArgumentException if there is none
     */
    public LiveGateBuilder policies(String... names) {
        locations = locations.withUnnamed(List.of(names));
        policies = null;
        return this;
    }

    /**
     * Sets policies without a name that the program made. They never change.
     *
     * @param fixed the policies
     * @return this
     */
    public LiveGateBuilder policies(PolicySet fixed) {
        policies = Objects.requireNonNull(fixed, "policies");
        locations = locations.withoutUnnamed();
        return this;
    }

    /**
     * Sets where policies with a name come from. Policies of each name decide alone: they have a {@linkplain LiveGate#gate(String)
     * gate} and a {@linkplain LiveGate#states() state} of their own, and are followed on their own, so that invalid files of one
     * name change nothing for another. All names share the registries and what is known about images.
     *
     * <pre>{@code
     * LiveGate gate = LiveGate.builder()
     *         .named("prod", "policies/prod")
     *         .named("dev", "policies/dev")
     *         .openLater();
     * PolicyWebhook webhook = PolicyWebhook.builder(gate.gates()).build();
     * }</pre>
     *
     * @param name at most 63 of {@code a-z}, {@code 0-9} and {@code -}, a letter or digit at both ends, and not
     *     {@link ImageGate#DEFAULT_NAME}
     * @param names at least one name of a file or folder, or of a built-in policy; all must allow
     * @return this
     * @throws IllegalArgumentException if the name is of another form, or there is no location
     */
    public LiveGateBuilder named(String name, String... names) {
        locations = locations.withNamed(name, List.of(names));
        return this;
    }

    /**
     * Sets where all policies come from, as users write it in an option or a setting: {@code prod=policies/prod,dev=policies/dev}.
     * A name stands before the first {@code =}, and is that of all locations behind it in the list; a path that contains
     * {@code =} begins with {@code ./}. Locations of the same name in several lists are united: all must allow.
     *
     * @param lists at least one list of names of files, folders and built-in policies, with commas between them
     * @return this
     * @throws IllegalArgumentException if there is no list, or a name or a location is missing or of another form
     */
    public LiveGateBuilder locations(List<String> lists) {
        return locations(PolicyLocations.parse(lists));
    }

    LiveGateBuilder locations(PolicyLocations all) {
        locations = all;
        policies = null;
        return this;
    }

    /**
     * Sets the registries that are asked about the content of images; none unless set.
     *
     * @param file file of kind ImageRegistries, which is read once
     * @return this
     */
    public LiveGateBuilder registries(Path file) {
        registries = Objects.requireNonNull(file, "registries");
        return this;
    }

    /**
     * Sets what is asked about the content of images, in place of registries. It answers all needs of the policies. Policies with
     * rules on signatures are refused unless the reader of the {@linkplain #documents documents} accepts them:
     * {@link PolicyDocuments#withSignatures}.
     *
     * @param source the source, which whoever made it closes after the gate
     * @return this
     */
    public LiveGateBuilder facts(FactSource source) {
        facts = Objects.requireNonNull(source, "facts");
        return this;
    }

    /**
     * Sets what a gate without registries says of policies that need them.
     *
     * @param why what its user has to do; the end of the message about a rule, such as "this needs --registries FILE"
     * @return this
     */
    public LiveGateBuilder withoutRegistries(String why) {
        whyNoRegistries = Objects.requireNonNull(why, "why");
        return this;
    }

    /**
     * Sets how policies are read: their clock, rules written in Java, and where warnings go. What they may ask about the
     * content of images is up to the gate.
     *
     * @param reader the reader
     * @return this
     */
    public LiveGateBuilder documents(PolicyDocuments reader) {
        documents = Objects.requireNonNull(reader, "documents");
        return this;
    }

    /**
     * Logs each load of policies from files, and what {@linkplain PolicyDocuments#withWarnings warnings} the reader of the documents would
     * give its own listener.
     *
     * @param logger the logger
     * @return this
     */
    public LiveGateBuilder log(System.Logger logger) {
        log = new GateLog(logger);
        return this;
    }

    /**
     * Sets the listener that is called for each load.
     *
     * @param called the listener
     * @return this
     */
    public LiveGateBuilder listener(GateListener called) {
        listener = Objects.requireNonNull(called, "listener");
        return this;
    }

    /**
     * Sets where the metrics of policies and registries are shown; those of reviews come from a
     * {@link io.imagegate.webhook.ReviewMetrics}.
     *
     * @param shown the metrics
     * @return this
     */
    public LiveGateBuilder metrics(MetricSink shown) {
        metrics = Objects.requireNonNull(shown, "metrics");
        return this;
    }

    /**
     * Sets the class loader that finds the providers; that of this library unless set.
     *
     * @param providers the class loader
     * @return this
     */
    public LiveGateBuilder classLoader(ClassLoader providers) {
        loader = Objects.requireNonNull(providers, "loader");
        return this;
    }

    /**
     * Reads policies only once, for programs that end soon. {@link #openLater} then throws if they are invalid, as
     * {@link #open} does.
     *
     * @return this
     */
    public LiveGateBuilder once() {
        followed = false;
        return this;
    }

    /**
     * Opens the gate.
     *
     * @return the gate; close it when it is no longer needed
     * @throws IllegalStateException if there are no policies, or both registries and another source of facts
     * @throws PolicyDocumentException if a policy is invalid, or there is none
     * @throws GateException if the registries are invalid, or an artifact that reads them or verifies signatures is missing
     *     or there twice
     */
    public LiveGate open() {
        LiveGate gate = openLater();
        try {
            gate.requireValid();
        } catch (PolicyDocumentException invalid) {
            gate.close();
            throw invalid;
        }
        return gate;
    }

    /**
     * Opens the gate, also if policies are missing or invalid: those of the same name deny everything until they are valid.
     *
     * @return the gate; close it when it is no longer needed
     * @throws IllegalStateException if there are no policies, or both registries and another source of facts
     * @throws PolicyDocumentException if there is no such built-in policy
     * @throws GateException if the registries, whose file is not read again, are invalid, or an artifact that reads them or
     *     verifies signatures is there twice, or the one that reads them is missing
     */
    public LiveGate openLater() {
        if (policies == null && locations.isEmpty()) {
            throw new IllegalStateException("policies: expected a location, or policies of the program");
        }
        if (registries != null && facts != null) {
            throw new IllegalStateException("registries and facts: expected one of them, got both");
        }
        return new LiveGate(this);
    }
}
