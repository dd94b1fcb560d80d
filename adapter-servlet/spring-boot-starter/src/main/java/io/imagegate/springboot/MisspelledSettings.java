package io.imagegate.springboot;

import io.imagegate.gate.UnknownVariable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses environment variables and system properties that were probably meant as a property and set none. Spring Boot refuses unknown
 * names of all other sources; these two have names for other programs, too, such as the variables that Kubernetes makes of Services.
 */
final class MisspelledSettings {

    /** The number of an element of a list. */
    private static final Pattern INDEX = Pattern.compile("(?:_[0-9]+|\\[[0-9]+])$");

    /** Properties by their variables, of which each has two spellings: with and without {@code _} for a hyphen. */
    private final Map<String, String> properties = new LinkedHashMap<>();

    private MisspelledSettings() {
        PropertyNames.all().forEach(name -> {
            properties.put(variable(name), name);
            properties.put(variable(name.replace("-", "")), name);
        });
    }

    /**
     * Looks for them.
     *
     * @throws StartFailure if there is one
     */
    static void refuse(Environment environment) {
        if (environment instanceof ConfigurableEnvironment sources) {
            MisspelledSettings settings = new MisspelledSettings();
            settings.refuse(
                    sources,
                    StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                    "environment variable",
                    UnaryOperator.identity());
            settings.refuse(
                    sources,
                    StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
                    "system property",
                    settings::property);
        }
    }

    private void refuse(
            ConfigurableEnvironment environment, String source, String kind, UnaryOperator<String> spelling) {
        if (!(environment.getPropertySources().get(source) instanceof EnumerablePropertySource<?> found)) {
            return;
        }
        Map<String, String> written = new HashMap<>();
        Map<String, String> values = new HashMap<>();
        for (String name : found.getPropertyNames()) {
            String variable = variable(INDEX.matcher(name).replaceFirst(""));
            written.put(variable, name);
            values.put(variable, String.valueOf(found.getProperty(name)));
        }
        for (UnknownVariable unknown : UnknownVariable.find(values, properties.keySet())) {
            unknown.meant().ifPresent(meant -> {
                String name = written.getOrDefault(unknown.name(), unknown.name());
                throw new StartFailure(
                        "The " + kind + " " + name + " sets no property of Imagegate (did you mean "
                                + spelling.apply(meant) + "?).",
                        "Rename or remove it.",
                        null);
            });
        }
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private String property(String variable) {
        return properties.getOrDefault(
                variable, variable.toLowerCase(Locale.ROOT).replace('_', '.'));
    }
}
