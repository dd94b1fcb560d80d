package io.imagegate.registry;

import io.imagegate.reference.ImageReference;
import io.imagegate.registry.authentication.SecretSource;
import io.imagegate.registry.content.Failure;
import io.imagegate.registry.endpoint.HostEntry;
import io.imagegate.registry.host.HostNames;
import io.imagegate.registry.host.HostRule;
import io.imagegate.registry.tls.RegistryTlsFiles;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One registry that may be contacted, or all registries below a domain. Immutable.
 *
 * <pre>{@code
 * RegistryEntry.builder("registry.internal:5000").ca(Path.of("internal-ca.pem")).build();
 * }</pre>
 *
 * @since 0.1
 */
public final class RegistryEntry {

    private final HostEntry settings;
    private final @Nullable ImageReference signatures;

    private RegistryEntry(HostEntry settings, @Nullable ImageReference signatures) {
        this.settings = settings;
        this.signatures = signatures;
    }

    /**
     * Starts an entry.
     *
     * @param host the host as images name it, with its port unless that is 443; or {@code *.} and a domain, for hosts with
     *     one or more labels before it
     * @return a builder
     * @throws IllegalArgumentException if the host is not one
     */
    public static Builder builder(String host) {
        return new Builder(HostRule.parse("host", HostNames.ofRegistry(host), true));
    }

    /** {@return the host or pattern, in lower case} */
    public String host() {
        return settings.name();
    }

    HostEntry settings() {
        return settings;
    }

    /** {@return where signatures of this registry's images are, if not beside the images} */
    Optional<ImageReference> signatures() {
        return Optional.ofNullable(signatures);
    }

    @Override
    public String toString() {
        return host();
    }

    /**
     * Builds an entry. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {

        private static final String SEGMENT = "[a-z0-9]+(?:[._-]+[a-z0-9]+)*+";
        private static final Pattern PLACE = Pattern.compile("([^/]+)(?:/(" + SEGMENT + "(?:/" + SEGMENT + ")*+))?");

        private final HostRule host;
        private @Nullable RegistryCredentials credentials;
        private @Nullable List<HostRule> authHosts;
        private @Nullable List<HostRule> blobHosts;
        private HostEntry.@Nullable Mirror mirror;
        private @Nullable Path ca;
        private RegistryTlsFiles.@Nullable ClientCertificate clientCertificate;
        private boolean plainHttp;
        private @Nullable ImageReference signatures;

        private Builder(HostRule host) {
            this.host = host;
        }

        /**
         * Sets the source of credentials. Without it requests are anonymous.
         *
         * @param source finds credentials by host
         * @return this builder
         */
        public Builder credentials(RegistryCredentials source) {
            credentials = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * Names the hosts whose token services may be used and may get the credentials, beside the registry's own. They
         * replace those of the table of well-known registries.
         *
         * @param hosts exact hosts, each with its port unless that is 443
         * @return this builder
         * @throws IllegalArgumentException if one is not a host
         */
        public Builder authHosts(Collection<String> hosts) {
            authHosts = HostRule.parseAll("authHosts", hosts, false);
            return this;
        }

        /**
         * Names the hosts to which the registry may redirect. They replace those of the table of well-known registries.
         *
         * @param hosts hosts, or patterns such as {@code *.cdn.example.com}
         * @return this builder
         * @throws IllegalArgumentException if one is not a host or pattern
         */
        public Builder blobHosts(Collection<String> hosts) {
            blobHosts = HostRule.parseAll("blobHosts", hosts, true);
            return this;
        }

        /**
         * Sends every request to another entry's host instead. There is no fallback to this host.
         *
         * @param place the host of another entry, and perhaps a path, such as {@code harbor.internal/hub}
         * @return this builder
         * @throws IllegalArgumentException if the place is not a host and a path
         */
        public Builder mirror(String place) {
            Matcher parts = place("mirror", place);
            String path = parts.group(2);
            mirror = new HostEntry.Mirror(
                    HostNames.ofRegistry(
                            HostRule.parse("mirror", parts.group(1), false).text()),
                    path == null ? "" : path + "/");
            return this;
        }

        private static Matcher place(String setting, String place) {
            Matcher parts = PLACE.matcher(place);
            if (!parts.matches()) {
                throw new IllegalArgumentException(
                        setting + ": expected a host and a repository path, got " + Failure.shown(place));
            }
            return parts;
        }

        /**
         * Sets where signatures of this registry's images are, if not beside the images: where cosign put them if it had
         * the same value in COSIGN_REPOSITORY. It is searched instead of the image's repository.
         *
         * @param place the host of an entry and a repository, such as {@code registry.internal:5000/signatures}
         * @return this builder
         * @throws IllegalArgumentException if the place is not a host and a repository
         */
        public Builder signatures(String place) {
            Matcher parts = place("signatures", place);
            String repository = parts.group(2);
            if (repository == null) {
                throw new IllegalArgumentException(
                        "signatures: expected a host and a repository, got the host " + Failure.shown(place));
            }
            String registry =
                    HostRule.parse("signatures", parts.group(1), false).text();
            signatures = ImageReference.of(registry, repository, "latest");
            return this;
        }

        /**
         * Trusts these authorities instead of those of the system.
         *
         * @param file certificates in PEM
         * @return this builder
         */
        public Builder ca(Path file) {
            ca = Objects.requireNonNull(file, "file");
            return this;
        }

        /**
         * Sets the certificate to present to the registry's own host.
         *
         * @param certificate the certificate and its chain, in PEM
         * @param key its private key in PEM: PKCS #8, not encrypted
         * @return this builder
         */
        public Builder clientCertificate(Path certificate, Path key) {
            clientCertificate = new RegistryTlsFiles.ClientCertificate(certificate, key);
            return this;
        }

        /**
         * Uses HTTP without TLS.
         *
         * @return this builder
         */
        public Builder plainHttp() {
            plainHttp = true;
            return this;
        }

        /**
         * Builds the entry.
         *
         * @return the entry
         * @throws IllegalArgumentException if settings exclude each other
         */
        public RegistryEntry build() {
            require(!plainHttp || !host.isPattern(), "plainHttp: expected an exact host");
            require(
                    !plainHttp || (ca == null && clientCertificate == null),
                    "plainHttp: expected neither ca nor clientCertificate beside it");
            boolean contacted = credentials != null
                    || authHosts != null
                    || blobHosts != null
                    || ca != null
                    || clientCertificate != null
                    || plainHttp;
            require(
                    mirror == null || !contacted,
                    "mirror: expected no other setting, since this host is never contacted");
            require(mirror == null || !host.isPattern(), "mirror: expected an exact host");
            HostEntry settings = new HostEntry(
                    host,
                    Optional.ofNullable(credentials).map(Builder::secrets),
                    Optional.ofNullable(authHosts),
                    Optional.ofNullable(blobHosts),
                    Optional.ofNullable(mirror),
                    new RegistryTlsFiles(Optional.ofNullable(ca), Optional.ofNullable(clientCertificate)),
                    plainHttp);
            return new RegistryEntry(settings, signatures);
        }

        private static SecretSource secrets(RegistryCredentials source) {
            return registry -> source.find(registry).thenApply(found -> found.map(Credential::secret));
        }

        private void require(boolean condition, String message) {
            if (!condition) {
                throw new IllegalArgumentException(host.text() + ": " + message);
            }
        }
    }
}
