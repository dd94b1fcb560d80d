package io.imagegate.war;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.document.DocumentProblem;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.signature.TrustedRoot;
import java.lang.System.Logger.Level;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks up the content of images in registries, if the web application has a file of them. */
final class ContentLookup implements AutoCloseable {

    static final String SETTING = "imagegate.registries";

    private static final System.Logger LOG = System.getLogger(ContentLookup.class.getName());

    private final RegistriesStatus status;
    private final @Nullable OpenRegistries registries;

    private ContentLookup(RegistriesStatus status, @Nullable OpenRegistries registries) {
        this.status = status;
        this.registries = registries;
    }

    /** Opens the registries of a setting. If they are invalid, policies with rules on content are refused. */
    static ContentLookup of(Optional<Setting> setting) {
        return setting.map(ContentLookup::of)
                .orElseGet(() -> new ContentLookup(new RegistriesStatus("none", "default", null), null));
    }

    private static ContentLookup of(Setting setting) {
        try {
            if (setting.value().isEmpty()) {
                return refused(setting, "empty setting; expected a file of kind ImageRegistries");
            }
            OpenRegistries opened = OpenRegistries.of(Path.of(setting.value()));
            LOG.log(Level.INFO, () -> "Imagegate loaded " + opened.count() + " registries from " + source(setting));
            return new ContentLookup(new RegistriesStatus(setting.value(), setting.origin(), null), opened);
        } catch (InvalidPathException e) {
            return refused(setting, "not the name of a file: " + e.getReason());
        } catch (IllegalArgumentException e) {
            return refused(setting, Objects.requireNonNullElse(e.getMessage(), "cannot be read"));
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "loading registries failed", e);
            return refused(setting, "loading failed: " + e.getClass().getSimpleName());
        }
    }

    private static ContentLookup refused(Setting setting, String problem) {
        LOG.log(
                Level.ERROR,
                () -> "Imagegate cannot load registries from " + source(setting)
                        + "; policies with rules on the content of images are refused:\n" + problem);
        return new ContentLookup(new RegistriesStatus(setting.value(), setting.origin(), problem), null);
    }

    private static String source(Setting setting) {
        return setting.value() + " (set by " + setting.origin() + ")";
    }

    RegistriesStatus status() {
        return status;
    }

    /** {@return a reader of policies, which refuses rules on content unless it can be looked up} */
    PolicyDocuments documents() {
        PolicyDocuments documents = new PolicyDocuments().withWarnings(ContentLookup::warn);
        if (registries == null) {
            return documents.withoutContent(
                    status.problem() == null
                            ? "this needs the setting " + SETTING + ", the file of the registries to ask"
                            : "the file of the setting " + SETTING + " could not be loaded");
        }
        return documents
                .withRegistries(registries.exactHosts())
                .withSignatures(root -> TrustedRoot.read(root.getBytes(UTF_8)));
    }

    private static void warn(DocumentProblem warning) {
        LOG.log(Level.WARNING, () -> "Imagegate: " + warning);
    }

    /** {@return a gate that looks up content if it can} */
    ImageGate gate(Supplier<PolicySet> policies) {
        return registries == null ? ImageGate.of(policies) : ImageGate.of(policies, registries.facts());
    }

    @Override
    public void close() {
        if (registries != null) {
            registries.close();
        }
    }
}
