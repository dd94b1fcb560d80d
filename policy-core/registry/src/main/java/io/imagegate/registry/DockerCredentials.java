package io.imagegate.registry;

import io.imagegate.registry.authentication.CredentialHelper;
import io.imagegate.registry.authentication.DockerConfigFile;
import io.imagegate.registry.authentication.SecretSource;
import io.imagegate.registry.host.HostNames;
import io.imagegate.text.Copies;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Credentials as Docker keeps them: in a {@code config.json}, or in programs named {@code docker-credential-NAME}, which
 * the clouds provide for credentials that expire.
 *
 * <pre>{@code
 * RegistryEntry.builder("*.dkr.ecr.eu-west-1.amazonaws.com")
 *         .credentials(DockerCredentials.helper("ecr-login"))
 *         .build();
 * }</pre>
 *
 * @since 0.1
 */
public final class DockerCredentials {

    private DockerCredentials() {}

    /**
     * {@return the credentials in a file, which is read again whenever a registry asks, so that changes are followed}
     *
     * <p>A credential is for exactly one host and port. The helpers that the file names in {@code credHelpers} and
     * {@code credsStore} run only if they are named here, too.
     *
     * @param file the file, at most 1 MiB
     * @param helpers names of the helpers that the file may use, such as {@code ecr-login}
     * @throws IllegalArgumentException if the file cannot be read, or a helper is not found on the PATH
     */
    public static RegistryCredentials file(Path file, String... helpers) {
        Map<String, SecretSource> named = Arrays.stream(helpers)
                .distinct()
                .collect(Collectors.toMap(Function.identity(), DockerCredentials::program));
        return credentials(DockerConfigFile.open(file, named));
    }

    /**
     * {@return the helper that a file names for a registry, in {@code credHelpers} or {@code credsStore}} It runs only if
     * {@link #file} is told to use it.
     *
     * @param file the file, at most 1 MiB
     * @param host the registry's host as images name it
     * @throws IllegalArgumentException if the file cannot be read
     */
    public static Optional<String> helperIn(Path file, String host) {
        return DockerConfigFile.helperName(file, HostNames.ofRegistry(host));
    }

    /**
     * {@return the credentials that a helper returns}
     *
     * <p>The helper is found on the PATH now, and runs with the environment of now. It gets the host on its standard input,
     * has five seconds, and runs once at a time for a host. What it returns is kept until shortly before it expires; five
     * minutes if that cannot be seen, and one hour at most.
     *
     * @param name the part of its name after {@code docker-credential-}
     * @throws IllegalArgumentException if no such program is on the PATH
     */
    public static RegistryCredentials helper(String name) {
        return credentials(program(name));
    }

    private static SecretSource program(String name) {
        Map<String, String> environment = Copies.of(System.getenv());
        return new CredentialHelper(
                CredentialHelper.find(
                        name, Optional.ofNullable(environment.get("PATH")).orElse("")),
                environment);
    }

    private static RegistryCredentials credentials(SecretSource source) {
        return host -> source.find(host).thenApply(found -> found.map(Credential::of));
    }
}
