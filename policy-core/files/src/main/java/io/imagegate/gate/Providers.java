package io.imagegate.gate;

import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Finds the providers of registries and of signatures. */
final class Providers {

    static final String REGISTRY = "io.imagegate:policy-registry";
    static final String SIGNATURE = "io.imagegate:policy-signature";

    private Providers() {}

    /**
     * {@return the only provider of a service, if there is one}
     *
     * @param service the service
     * @param loader finds the provider
     * @throws GateException if there are several, or one cannot be loaded
     */
    static <T> Optional<T> find(Class<T> service, ClassLoader loader) {
        try {
            List<ServiceLoader.Provider<T>> found =
                    ServiceLoader.load(service, loader).stream().toList();
            if (found.size() > 1) {
                throw new GateException(
                        "expected one " + service.getSimpleName() + ", got "
                                + found.stream()
                                        .map(provider -> provider.type().getName())
                                        .collect(Collectors.joining(" and "))
                                + ": remove one of their artifacts",
                        null);
            }
            return found.stream().findFirst().map(ServiceLoader.Provider::get);
        } catch (ServiceConfigurationError e) {
            throw new GateException("a " + service.getSimpleName() + " cannot be loaded: " + e.getMessage(), e);
        }
    }
}
