package io.imagegate.war;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.gate.GateException;
import io.imagegate.gate.GateSettings;
import io.imagegate.gate.GateSettingsBuilder;
import io.imagegate.gate.GateState;
import io.imagegate.gate.LiveGate;
import io.imagegate.gate.LiveGateBuilder;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.webhook.ClientNames;
import java.lang.System.Logger.Level;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The gate of one web application, the settings that name its files, and what is wrong with them. It can always be opened.
 * Every load is logged to the container's log.
 */
final class ApplicationGate implements AutoCloseable {

    static final String POLICY = "imagegate.policy";
    static final String REGISTRIES = "imagegate.registries";
    static final String CLIENT_NAMES = "imagegate.client-names";

    private static final System.Logger LOG = System.getLogger(ApplicationGate.class.getName());
    private static final Setting DEFAULT_POLICY = new Setting("the default policy", "default");
    private static final Setting NO_REGISTRIES = new Setting("none", "default");

    private final Optional<Setting> policy;
    private final Optional<Setting> registries;
    private final LiveGate gate;
    private final ClientNames clientNames;
    private @Nullable String policyProblem;
    private @Nullable String registriesProblem;
    private @Nullable String clientNamesProblem;

    ApplicationGate(Optional<Setting> policy, Optional<Setting> registries, Optional<Setting> clientNames) {
        this.policy = policy;
        this.registries = registries;
        this.gate = registries.isEmpty()
                ? open("this needs the setting " + REGISTRIES + ", the file of the registries to ask", null)
                : open(registries.get());
        this.clientNames = clientNames.map(this::names).orElse(ClientNames.ANY);
    }

    /** If they are invalid, everything is denied. */
    private ClientNames names(Setting setting) {
        try {
            return ClientNames.parse(List.of(setting.value()))
                    .forGates(gate.gates().stream().map(ImageGate::name).toList());
        } catch (IllegalArgumentException invalid) {
            clientNamesProblem = CLIENT_NAMES + " (set by " + setting.origin() + "): " + invalid.getMessage();
            LOG.log(Level.ERROR, "Imagegate: {0}; everything is denied", clientNamesProblem);
            return ClientNames.ANY;
        }
    }

    /** If the registries are invalid, policies with rules on content are refused. */
    private LiveGate open(Setting setting) {
        try {
            LiveGate opened = open("", Path.of(requireValue(setting, "a file of kind ImageRegistries")));
            opened.state()
                    .registries()
                    .ifPresent(loaded -> LOG.log(
                            Level.INFO,
                            () -> "Imagegate loaded " + loaded.count() + " registries from " + setting.source()));
            return opened;
        } catch (InvalidPathException e) {
            registriesProblem = "not the name of a file: " + e.getReason();
        } catch (IllegalArgumentException e) {
            registriesProblem = Objects.requireNonNullElse(e.getMessage(), "cannot be read");
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "loading registries failed", e);
            registriesProblem = "loading failed: " + e.getClass().getSimpleName();
        }
        LOG.log(
                Level.ERROR,
                () -> "Imagegate cannot load registries from " + setting.source()
                        + "; policies with rules on the content of images are refused:\n" + registriesProblem);
        return open("the file of the setting " + REGISTRIES + " could not be loaded", null);
    }

    /** If the policies are invalid, everything is denied. */
    private LiveGate open(String whyNoRegistries, @Nullable Path file) {
        try {
            GateSettingsBuilder settings = GateSettings.builder().withoutRegistries(whyNoRegistries);
            if (policy.isPresent()) {
                settings.locations(List.of(requireValue(policy.get(), "a file, a folder or a built-in policy")));
            }
            return settings.build().open(builder(file));
        } catch (GateException invalidRegistries) {
            throw invalidRegistries;
        } catch (IllegalArgumentException e) {
            policyProblem = Objects.requireNonNullElse(e.getMessage(), "cannot be read");
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "loading policies failed", e);
            policyProblem = "loading failed: " + e.getClass().getSimpleName();
        }
        logProblem(policyProblem, "everything is denied");
        return builder(file)
                .policies(PolicySet.unloaded("no policy could be loaded, so every image is denied"))
                .openLater();
    }

    private static String requireValue(Setting setting, String expected) {
        if (setting.value().isEmpty()) {
            throw new IllegalArgumentException("empty setting; expected " + expected);
        }
        return setting.value();
    }

    private LiveGateBuilder builder(@Nullable Path file) {
        PolicyDocuments documents =
                new PolicyDocuments().withWarnings(warning -> LOG.log(Level.WARNING, () -> "Imagegate: " + warning));
        LiveGateBuilder builder = LiveGate.builder().documents(documents).listener(this::log);
        return file == null ? builder : builder.registries(file);
    }

    private void log(GateState state) {
        if (state.problem().isPresent()) {
            logProblem(
                    state.problem().get().getMessage(),
                    (state.isReady() ? "the last valid policies stay active" : "everything is denied") + suffix(state));
        } else if (state.isReady()) {
            LOG.log(
                    Level.INFO,
                    () -> "Imagegate loaded policies " + names(state) + suffix(state) + " from " + policy().source());
        }
    }

    private void logProblem(@Nullable String problem, String effect) {
        LOG.log(
                Level.ERROR,
                () -> "Imagegate cannot load policies from " + policy().source() + "; " + effect + ":\n" + problem);
    }

    /** {@return what follows a sentence about policies, to tell their name if they have one} */
    private static String suffix(GateState state) {
        return state.name().equals(ImageGate.DEFAULT_NAME) ? "" : " for " + state.name();
    }

    private static String names(GateState state) {
        return state.policies().policies().stream().map(Policy::name).collect(Collectors.joining(", "));
    }

    /** {@return the gates; where the setting is invalid, and might mean names, names deny, too} */
    List<ImageGate> gates() {
        List<ImageGate> gates = policyProblem == null
                ? gate.gates()
                : List.of(gate.gate(), gate.gate().withName("invalid-setting"));
        return clientNamesProblem == null
                ? gates
                : gates.stream()
                        .map(denied -> ImageGate.of(PolicySet.unloaded(
                                        "the setting " + CLIENT_NAMES + " is invalid, so every image is denied"))
                                .withName(denied.name()))
                        .toList();
    }

    /** {@return the names that clients need in their certificates} */
    ClientNames clientNames() {
        return clientNames;
    }

    /** {@return the states of the policies, by their names} */
    List<GateState> states() {
        return gate.states();
    }

    /** {@return why this application is not ready; empty if it is} */
    List<String> obstacles() {
        return Stream.concat(gate.health().obstacles().stream(), Stream.ofNullable(clientNamesProblem))
                .map(obstacle -> obstacle + "; everything is denied")
                .toList();
    }

    /** {@return where the policies come from} */
    Setting policy() {
        return policy.orElse(DEFAULT_POLICY);
    }

    /** {@return where the registries come from} */
    Setting registries() {
        return registries.orElse(NO_REGISTRIES);
    }

    /** {@return why the setting of the policies is invalid} */
    Optional<String> policyProblem() {
        return Optional.ofNullable(policyProblem);
    }

    /** {@return why the registries are not in use} */
    Optional<String> registriesProblem() {
        return Optional.ofNullable(registriesProblem);
    }

    @Override
    public void close() {
        gate.close();
    }
}
