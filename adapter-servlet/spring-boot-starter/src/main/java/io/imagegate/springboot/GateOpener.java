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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens the gate that the properties describe, and says what is wrong in their terms. */
final class GateOpener {

    private static final Logger LOG = System.getLogger(GateOpener.class.getName());

    private static final int SHOWN_FRAMES = 5;

    private final ImagegateProperties properties;

    GateOpener(ImagegateProperties properties) {
        this.properties = properties;
    }

    /**
     * Opens the gate.
     *
     * @param settings of the properties
     * @param builder what the application adds
     * @throws StartFailure if a property is missing, or what one names is missing or invalid, or no source or several own the digests
     *     of images
     */
    LiveGate open(GateSettings settings, LiveGateBuilder builder) {
        requirePolicy();
        try {
            return settings.open(builder.log(LOG));
        } catch (PolicyDocumentException invalid) {
            throw new StartFailure(
                    "The policies of " + policyProperties() + " are invalid:\n\n" + invalid.getMessage()
                            + thrownAt(invalid.getCause()),
                    "Correct the files. With imagegate.fail-fast=false the application starts, and denies everything until they"
                            + " are valid.",
                    invalid);
        } catch (GateException invalid) {
            throw new StartFailure(
                    REGISTRIES + ": " + invalid.getMessage(), "Correct the file, which is read once.", invalid);
        } catch (IllegalStateException | IllegalArgumentException unfit) {
            throw new StartFailure(
                    "The beans that look up facts do not fit together: " + unfit.getMessage() + ".",
                    "Let one own each kind of need, with a bean of type FactSourcesBuilder: " + REGISTRIES
                            + " owns digests, metadata and signatures that it gives to nobody.",
                    unfit);
        }
    }

    /** {@return where a rule's factory failed; nothing if it only rejects its parameters, which its message explains} */
    private static String thrownAt(@Nullable Throwable thrown) {
        return thrown == null || thrown instanceof IllegalArgumentException
                ? ""
                : Stream.of(thrown.getStackTrace())
                        .limit(SHOWN_FRAMES)
                        .map(frame -> "\n    at " + frame)
                        .collect(Collectors.joining(
                                "", "\n\n" + thrown.getClass().getName(), ""));
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
