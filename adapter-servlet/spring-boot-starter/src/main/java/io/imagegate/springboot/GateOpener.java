package io.imagegate.springboot;

import static io.imagegate.springboot.ImagegateProperties.POLICIES;
import static io.imagegate.springboot.ImagegateProperties.POLICY;
import static io.imagegate.springboot.ImagegateProperties.REGISTRIES;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.fact.FactSource;
import io.imagegate.gate.GateException;
import io.imagegate.gate.GateListener;
import io.imagegate.gate.GateState;
import io.imagegate.gate.LiveGate;
import io.imagegate.gate.LiveGateBuilder;
import io.imagegate.policy.ImageGate;
import io.imagegate.rule.RuleFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Opens the gate that the properties describe, and logs each load. */
final class GateOpener {

    private static final Logger LOG = System.getLogger(GateOpener.class.getName());

    private static final String FILE = "file:";
    private static final Pattern RESOURCE = Pattern.compile("(?:classpath\\*?|https?|jar|war):.*", Pattern.DOTALL);
    private static final String LOCATION = "a file, a folder or a built-in policy such as builtin:baseline";

    private final ImagegateProperties properties;
    private final List<GateListener> listeners;

    GateOpener(ImagegateProperties properties, List<GateListener> listeners) {
        this.properties = properties;
        this.listeners = listeners;
    }

    /**
     * Opens the gate.
     *
     * @param builder where to show metrics
     * @param rules rules of the application
     * @param facts the application's source of facts, if it has one
     * @throws StartFailure if a property is missing or invalid, or what it names is
     */
    LiveGate open(LiveGateBuilder builder, List<RuleFactory> rules, Optional<FactSource> facts) {
        builder.documents(new PolicyDocuments()
                        .withMoreFactories(rules)
                        .withWarnings(warning -> LOG.log(Level.WARNING, "{0}", warning)))
                .withoutRegistries("this needs the property " + REGISTRIES + ", the file of the registries to ask")
                .listener(this::loaded);
        policies(builder);
        facts.ifPresent(builder::facts);
        registries(builder, facts.isPresent());
        try {
            return properties.failFast() ? builder.open() : builder.openLater();
        } catch (PolicyDocumentException invalid) {
            throw new StartFailure(
                    "The policies of " + policyProperties() + " are invalid:\n\n" + invalid.getMessage(),
                    "Correct the files. With imagegate.fail-fast=false the application starts, and denies everything until they"
                            + " are valid.",
                    invalid);
        } catch (GateException invalid) {
            throw new StartFailure(
                    REGISTRIES + ": " + invalid.getMessage(), "Correct the file, which is read once.", invalid);
        }
    }

    private void policies(LiveGateBuilder builder) {
        if (properties.policy().isEmpty() && properties.policies().isEmpty()) {
            throw new StartFailure(
                    "Imagegate has no policy: the property " + POLICY + " is not set.",
                    "Set " + POLICY + " to " + LOCATION + ". For several clusters set " + POLICIES + "NAME instead.",
                    null);
        }
        if (!properties.policy().isEmpty()) {
            builder.policies(locations(POLICY, properties.policy()));
        }
        properties
                .policies()
                .forEach((name, locations) -> StartFailure.naming(
                        POLICIES + name, () -> builder.named(name, locations(POLICIES + name, locations))));
    }

    private void registries(LiveGateBuilder builder, boolean factsOfTheApplication) {
        String registries = properties.registries();
        if (registries == null) {
            return;
        }
        if (factsOfTheApplication) {
            throw new StartFailure(
                    REGISTRIES
                            + " is set, and the application has a bean of type FactSource, which is asked in place of"
                            + " registries.",
                    "Remove one of them.",
                    null);
        }
        builder.registries(
                StartFailure.naming(REGISTRIES, () -> Path.of(location(registries, "a file of kind ImageRegistries"))));
    }

    private String policyProperties() {
        List<String> names = new ArrayList<>();
        if (!properties.policy().isEmpty()) {
            names.add(POLICY);
        }
        properties.policies().keySet().forEach(name -> names.add(POLICIES + name));
        return String.join(", ", names);
    }

    private static String[] locations(String property, List<String> values) {
        return values.stream()
                .map(value -> StartFailure.naming(property, () -> location(value, LOCATION)))
                .toArray(String[]::new);
    }

    /** {@return the name of a file, which may be written as Spring writes it} */
    private static String location(String value, String expected) {
        String name = value.strip();
        if (name.startsWith(FILE)) {
            name = name.substring(FILE.length());
        }
        if (name.isEmpty() || RESOURCE.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
            throw new IllegalArgumentException("\"" + value + "\": expected " + expected
                    + "; files are followed, so resources of the class path cannot be used");
        }
        return name;
    }

    private void loaded(GateState state) {
        String named = state.name().equals(ImageGate.DEFAULT_NAME) ? "" : state.name() + "=";
        state.problem()
                .ifPresentOrElse(
                        problem -> LOG.log(
                                Level.ERROR,
                                "rejected policy {0}{1}: {2}",
                                named,
                                state.location(),
                                problem.getMessage()),
                        () -> LOG.log(
                                Level.INFO,
                                "loaded policy {0}{1}, SHA-256: {2}",
                                named,
                                state.location(),
                                state.digest()));
        listeners.forEach(listener -> listener.changed(state));
    }
}
