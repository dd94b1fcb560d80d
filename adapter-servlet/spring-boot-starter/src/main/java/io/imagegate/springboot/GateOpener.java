package io.imagegate.springboot;

import static io.imagegate.springboot.SettingsReader.POLICIES;
import static io.imagegate.springboot.SettingsReader.POLICY;
import static io.imagegate.springboot.SettingsReader.REGISTRIES;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.gate.GateException;
import io.imagegate.gate.GateSettings;
import io.imagegate.gate.LiveGate;
import io.imagegate.gate.LiveGateBuilder;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.List;

/** Opens the gate that the properties describe, and says what is wrong in their terms. */
final class GateOpener {

    private static final Logger LOG = System.getLogger(GateOpener.class.getName());

    private final ImagegateProperties properties;

    GateOpener(ImagegateProperties properties) {
        this.properties = properties;
    }

    /**
     * Opens the gate.
     *
     * @param settings of the properties
     * @param builder what the application adds
     * @param hasFacts whether the application has a source of facts
     * @throws StartFailure if a property is missing, or what one names is missing or invalid
     */
    LiveGate open(GateSettings settings, LiveGateBuilder builder, boolean hasFacts) {
        requirePolicy();
        if (hasFacts && properties.registries() != null) {
            throw new StartFailure(
                    REGISTRIES
                            + " is set, and the application has a bean of type FactSource, which is asked in place of"
                            + " registries.",
                    "Remove one of them.",
                    null);
        }
        try {
            return settings.open(builder.log(LOG));
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

    private void requirePolicy() {
        if (properties.policy().isEmpty() && properties.policies().isEmpty()) {
            throw new StartFailure(
                    "Imagegate has no policy: the property " + POLICY + " is not set.",
                    "Set " + POLICY + " to " + SettingsReader.LOCATION + ". For several clusters set " + POLICIES
                            + "NAME instead.",
                    null);
        }
    }

    private String policyProperties() {
        List<String> names = new ArrayList<>();
        if (!properties.policy().isEmpty()) {
            names.add(POLICY);
        }
        properties.policies().keySet().forEach(name -> names.add(POLICIES + name));
        return String.join(", ", names);
    }
}
