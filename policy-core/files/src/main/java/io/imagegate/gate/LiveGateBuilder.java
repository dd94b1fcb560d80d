package io.imagegate.gate;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.fact.FactSource;
import io.imagegate.metric.MetricSink;
import io.imagegate.policy.DecisionObserver;
import io.imagegate.policy.FactSources;
import io.imagegate.policy.FactSourcesBuilder;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.webhook.DecisionListener;
import io.imagegate.webhook.ReviewEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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
    LastGoodFolder lastGood;

    @Nullable
    FactSource facts;

    @Nullable
    FactSourcesBuilder sources;

    String whyNoRegistries =
            "this needs the registries to ask, the second argument of LiveGate.open, and " + Providers.REGISTRY;
    PolicyDocuments documents = new PolicyDocuments();
    MetricSink metrics = MetricSink.NONE;
    ClassLoader loader = Objects.requireNonNull(LiveGate.class.getClassLoader(), "loader");
    boolean followed = true;
    private final List<GateListener> listeners = new ArrayList<>();
    private final List<DecisionListener> decisionListeners = new ArrayList<>();
    private @Nullable DecisionObserver observer;
    private @Nullable GateLog log;

    LiveGateBuilder() {}

    /** {@return the reader of policies, which logs warnings if there is a log} */
    PolicyDocuments documents() {
        return log == null ? documents : documents.withWarnings(log::warn);
    }

    /**
     * {@return what is asked about images: registries, sources of the program, or both; null if there is nothing}
     *
     * @param opened the registries, if there are some
     */
    @Nullable
    FactSource source(@Nullable FactSource opened) {
        if (sources != null) {
            return (opened == null ? sources : sources.registries(opened)).build();
        }
        if (opened == null) {
            return facts;
        }
        return facts == null
                ? opened
                : FactSources.builder().registries(opened).others(facts).build();
    }

    /** {@return whether the program has a source of its own for signatures} */
    boolean ownsSignatures() {
        return sources != null && sources.hasSignatures();
    }

    /** {@return what is called for each load: the log, if there is one, and the listeners in order} */
    List<GateListener> listeners() {
        return log == null
                ? List.copyOf(listeners)
                : Stream.concat(Stream.of(log), listeners.stream()).toList();
    }

    /** {@return a gate that tells its decisions to the listeners of decisions and to the observer} */
    ImageGate heard(ImageGate gate) {
        ImageGate heard = observer == null ? gate : gate.withObserver(observer);
        for (DecisionListener listener : decisionListeners) {
            heard = heard.withListener(decision -> listener.reviewed(ReviewEvent.of(decision)));
        }
        return heard;
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
     * PolicyWebhook webhook = PolicyWebhook.of(gate);
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
     * Keeps the last accepted set in a folder: the policies of all names, the files that they name, and the registries' file, without
     * certificates, keys and credentials that it names. If policies or registries are rejected when a gate is opened, it decides with
     * this set, as the gate before it would, had it gone on running; {@link GateState#lastGood} says so. The set is refused if its bytes do
     * not have their digest, if another user than that of the process could have written it, if another version wrote it, and 24 hours
     * after the first rejection. Nothing is kept unless set. A folder that cannot be written is only warned of.
     *
     * @param folder the folder, which no other gate uses; it need not exist
     * @param version of the program
     * @return this
     */
    public LiveGateBuilder lastGood(Path folder, String version) {
        lastGood = new LastGoodFolder(folder, version);
        return this;
    }

    /**
     * Sets a source of the program. Beside registries it is asked for what the program's own needs name, about the digest that the
     * registries give, and never for digests, metadata and signatures. Without registries it answers all needs of the policies;
     * policies with rules on signatures are then refused unless the reader of the {@linkplain #documents documents} accepts them:
     * {@link PolicyDocuments#withSignatures}.
     *
     * @param source the source, which whoever made it closes after the gate
     * @return this
     */
    public LiveGateBuilder facts(FactSource source) {
        facts = Objects.requireNonNull(source, "facts");
        sources = null;
        return this;
    }

    /**
     * Sets sources of the program that own some kinds of need. Registries own digests, metadata and signatures if no source of the
     * program does. If one owns signatures, the reader of the {@linkplain #documents documents} says whether policies may ask for
     * them: {@link PolicyDocuments#withSignatures}.
     *
     * <pre>{@code
     * LiveGate gate = LiveGate.builder()
     *         .policies("policies/")
     *         .registries(Path.of("registries.yaml"))
     *         .facts(FactSources.builder().metadata(inventory).needs(Approval.class, approvals))
     *         .open();
     * }</pre>
     *
     * @param owners the sources, which whoever made them closes after the gate
     * @return this
     */
    public LiveGateBuilder facts(FactSourcesBuilder owners) {
        sources = Objects.requireNonNull(owners, "facts");
        facts = null;
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
     * Adds a listener that is called for each load, after those that were added before.
     *
     * @param called the listener
     * @return this
     */
    public LiveGateBuilder listener(GateListener called) {
        listeners.add(Objects.requireNonNull(called, "listener"));
        return this;
    }

    /**
     * Adds a listener that is called for each decision that the program asks of the gate, after those that were added before; a
     * {@link io.imagegate.webhook.ReviewMetrics} counts them. Reviews of a {@link io.imagegate.webhook.PolicyWebhook} are told to the
     * listeners of the webhook alone, so that one listener of both hears each decision once.
     *
     * <pre>{@code
     * LiveGate gate = LiveGate.builder()
     *         .policies("policies/")
     *         .decisionListener(new ReviewMetrics(metrics))
     *         .decisionListener(event -> System.err.println(event))
     *         .open();
     * }</pre>
     *
     * @param called the listener; thread-safe
     * @return this
     */
    public LiveGateBuilder decisionListener(DecisionListener called) {
        decisionListeners.add(Objects.requireNonNull(called, "listener"));
        return this;
    }

    /**
     * Follows decisions, also those on reviews of a webhook. Only one observer is called.
     *
     * @param following follows each decision
     * @return this
     */
    public LiveGateBuilder observer(DecisionObserver following) {
        observer = Objects.requireNonNull(following, "observer");
        return this;
    }

    /**
     * Sets where the metrics of policies and registries are shown; those of decisions come from a
     * {@link io.imagegate.webhook.ReviewMetrics}, as a {@linkplain #decisionListener listener}.
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
     * @throws IllegalStateException if there are no policies, or no source or several own the digests of images
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
     * @throws IllegalStateException if there are no policies, or no source or several own the digests of images
     * @throws PolicyDocumentException if there is no such built-in policy
     * @throws GateException if the registries, whose file is not read again, are invalid, or an artifact that reads them or
     *     verifies signatures is there twice, or the one that reads them is missing
     */
    public LiveGate openLater() {
        if (policies == null && locations.isEmpty()) {
            throw new IllegalStateException("policies: expected a location, or policies of the program");
        }
        if (registries != null && facts instanceof FactSources) {
            throw new IllegalStateException(
                    "registries and facts: both own the digests of images; give the builder of the sources,"
                            + " without registries(…) and build()");
        }
        return new LiveGate(this);
    }
}
