package io.imagegate.document.rule;

import io.imagegate.rule.CelProvider;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds what compiles CEL expressions, once the first policy has one. Not thread-safe: each load has its own. */
public final class CelExpressions {

    private static final String ARTIFACT = "io.imagegate:policy-cel";

    private @Nullable CelProvider provider;

    /**
     * {@return the provider that jars on the class path provide}
     *
     * @throws IllegalArgumentException if there is none, or it cannot be loaded
     */
    CelProvider provider() {
        if (provider == null) {
            provider = find();
        }
        return provider;
    }

    private static CelProvider find() {
        try {
            List<CelProvider> found = ServiceLoader.load(CelProvider.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
            if (found.size() == 1) {
                return found.get(0);
            }
            throw new IllegalArgumentException(
                    found.isEmpty()
                            ? "CEL needs the artifact " + ARTIFACT + ", which is not on the class path of this program"
                            : "expected one CelProvider, got several: remove all artifacts but one that have it, such as "
                                    + ARTIFACT);
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new IllegalArgumentException(
                    "the CelProvider of " + ARTIFACT + " cannot be loaded: " + e.getMessage(), e);
        }
    }
}
