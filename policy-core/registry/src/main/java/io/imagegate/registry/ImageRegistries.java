package io.imagegate.registry;

import io.imagegate.reference.ImageReference;
import io.imagegate.registry.endpoint.HostTable;
import io.imagegate.registry.host.HostNames;
import io.imagegate.registry.host.HostRule;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The registries that may be contacted, and how: the content of a file of {@code kind: ImageRegistries}. Immutable.
 *
 * <p>No other host is ever contacted, whatever a pod, an image or a registry names.
 *
 * <pre>{@code
 * ImageRegistries.builder()
 *         .add(RegistryEntry.builder("ghcr.io").build())
 *         .add(RegistryEntry.builder("registry.internal:5000").ca(Path.of("ca.pem")).build())
 *         .build();
 * }</pre>
 *
 * @since 0.1
 */
public final class ImageRegistries {

    private final List<RegistryEntry> entries;
    private final RegistryLimits limits;
    private final CachePeriods cache;
    private final HostTable hosts;
    private final @Nullable String digest;

    private ImageRegistries(Builder from) {
        digest = from.digest;
        entries = from.entries.stream()
                .sorted(Comparator.comparing(
                                (RegistryEntry entry) -> entry.settings().isPattern())
                        .thenComparing(entry -> -entry.host().length()))
                .toList();
        limits = from.limits;
        cache = from.cache;
        hosts = new HostTable(
                entries.stream().map(RegistryEntry::settings).toList(),
                Optional.ofNullable(from.proxy),
                from.noProxy,
                Optional.ofNullable(from.proxyCredentials));
    }

    /**
     * Loads a file of {@code kind: ImageRegistries}, in YAML or JSON, of 256 KiB at most. Relative paths in it start at its
     * folder.
     *
     * @param file the file
     * @return its content
     * @throws ImageRegistriesException if anything is wrong with it; it has all mistakes, each with its position
     */
    public static ImageRegistries load(Path file) {
        return ImageRegistriesReader.load(file);
    }

    /**
     * Reads such a file of the bytes that it had; files that it names are looked for now.
     *
     * @param file the file, which is not read
     * @param content the bytes that it had
     * @return its content
     * @throws ImageRegistriesException if anything is wrong with it; it has all mistakes, each with its position
     */
    public static ImageRegistries read(Path file, byte[] content) {
        return ImageRegistriesReader.read(file, content);
    }

    /**
     * {@return the registry of one image alone: its own host, and what the table of well-known registries says for it, over
     * HTTPS and without credentials}
     *
     * @param image the image
     * @throws IllegalArgumentException if the image names no host that can be contacted
     */
    public static ImageRegistries of(ImageReference image) {
        if (!image.hasRegistry()) {
            throw new IllegalArgumentException("expected an image with a registry");
        }
        return builder().add(RegistryEntry.builder(image.registry()).build()).build();
    }

    /** {@return a builder without entries} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the entries, exact hosts first and then the longest patterns, which is the order in which they are matched} */
    public List<RegistryEntry> entries() {
        return entries;
    }

    /** {@return the hosts that entries name exactly, as images name them: only these can count as down} */
    public List<String> exactHosts() {
        return entries.stream()
                .filter(entry -> !entry.settings().isPattern())
                .map(RegistryEntry::host)
                .toList();
    }

    /** {@return the limits} */
    public RegistryLimits limits() {
        return limits;
    }

    /** {@return how long answers are kept} */
    public CachePeriods cache() {
        return cache;
    }

    /** {@return the proxy that every request goes through, if there is one} */
    public Optional<URI> proxy() {
        return hosts.proxy();
    }

    /** {@return the SHA-256 of the file, in hexadecimal; empty if a program built this} */
    public Optional<String> digest() {
        return Optional.ofNullable(digest);
    }

    HostTable hosts() {
        return hosts;
    }

    /**
     * {@return the entry for an image's registry, if there is one}
     *
     * @param image the image
     */
    public Optional<RegistryEntry> entry(ImageReference image) {
        return entry(HostNames.ofRegistry(image.registry()));
    }

    Optional<RegistryEntry> entry(String host) {
        for (RegistryEntry entry : entries) {
            if (entry.settings().matches(host)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /**
     * Builds the configuration. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {

        private final List<RegistryEntry> entries = new ArrayList<>();
        private RegistryLimits limits = RegistryLimits.DEFAULTS;
        private CachePeriods cache = CachePeriods.DEFAULTS;
        private @Nullable URI proxy;
        private List<HostRule> noProxy = List.of();
        private @Nullable Path proxyCredentials;
        private @Nullable String digest;

        private Builder() {}

        /**
         * Adds a registry.
         *
         * @param entry the registry
         * @return this builder
         */
        public Builder add(RegistryEntry entry) {
            entries.add(Objects.requireNonNull(entry, "entry"));
            return this;
        }

        /**
         * Sets the limits.
         *
         * @param other the limits
         * @return this builder
         */
        public Builder limits(RegistryLimits other) {
            limits = Objects.requireNonNull(other, "other");
            return this;
        }

        /**
         * Sets how long answers are kept.
         *
         * @param other the periods
         * @return this builder
         */
        public Builder cache(CachePeriods other) {
            cache = Objects.requireNonNull(other, "other");
            return this;
        }

        /**
         * Sets the proxy. System properties and environment variables set none.
         *
         * @param address {@code http://HOST:PORT}
         * @param except hosts and patterns that are contacted directly; one without a port, at any port
         * @return this builder
         * @throws IllegalArgumentException if the address is of another form, or an exception is not a host
         */
        public Builder proxy(URI address, Collection<String> except) {
            boolean complete = "http".equals(address.getScheme())
                    && address.getHost() != null
                    && address.getPort() > 0
                    && address.getUserInfo() == null
                    && String.valueOf(address.getPath()).matches("/?");
            if (!complete) {
                throw new IllegalArgumentException(
                        "proxy: expected http://HOST:PORT without a path; a user and a password"
                                + " stand in the file that proxyCredentials names");
            }
            proxy = address;
            noProxy = HostRule.parseAll("noProxy", except, true);
            return this;
        }

        /**
         * Sets the user and the password for the proxy. They are sent to it as HTTP does without TLS, for which the JVM must be
         * started with {@code -Djdk.http.auth.tunneling.disabledSchemes=}.
         *
         * @param file with {@code USER:PASSWORD} in one line; it is followed
         * @return this builder
         */
        public Builder proxyCredentials(Path file) {
            proxyCredentials = Objects.requireNonNull(file, "file");
            return this;
        }

        /**
         * Builds the configuration.
         *
         * @return the configuration
         * @throws IllegalArgumentException if two entries have one host, or what a mirror or signatures name is no
         *     host of another entry, or a mirror has a mirror itself, or there are credentials for a proxy
         *     and no proxy; the message has all mistakes of entries
         */
        public ImageRegistries build() {
            if (proxyCredentials != null && proxy == null) {
                throw new IllegalArgumentException("proxyCredentials: expected proxy beside it");
            }
            ImageRegistries built = unchecked();
            List<EntryRelations.Mistake> mistakes = EntryRelations.mistakes(entries, built);
            if (!mistakes.isEmpty()) {
                throw new IllegalArgumentException(
                        mistakes.stream().map(EntryRelations.Mistake::sentence).collect(Collectors.joining("; ")));
            }
            return built;
        }

        /** {@return the configuration, whose entries may contradict each other} */
        ImageRegistries unchecked() {
            return new ImageRegistries(this);
        }

        List<RegistryEntry> entries() {
            return entries;
        }

        void digest(String sha256) {
            digest = sha256;
        }
    }
}
