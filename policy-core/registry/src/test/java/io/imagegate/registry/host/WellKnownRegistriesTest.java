package io.imagegate.registry.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of well-known registries. */
class WellKnownRegistriesTest {

    @ParameterizedTest
    @CsvSource({
        "docker.io, registry-1.docker.io, auth.docker.io, production.cloudflare.docker.com",
        "ghcr.io, , , pkg-containers.githubusercontent.com",
        "quay.io, , , cdn03.quay.io",
        "registry.k8s.io, , , europe-west1-docker.pkg.dev",
        "registry.k8s.io, , , prod-registry-k8s-io-us-west-2.s3.dualstack.us-west-2.amazonaws.com",
        "mcr.microsoft.com, , , westeurope.data.mcr.microsoft.com",
        "1.dkr.ecr.eu-west-1.amazonaws.com, , , prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com",
        "acme.azurecr.io, , , acme1.blob.core.windows.net"
    })
    @DisplayName("well-known registries bring their hosts")
    void wellKnown(String host, String address, String auth, String blob) {
        WellKnownRegistries.Hosts hosts = WellKnownRegistries.of(host);
        assertThat(hosts.address().orElse(null)).isEqualTo(address);
        assertThat(hosts.authHosts()).extracting(HostRule::text).isEqualTo(auth == null ? List.of() : List.of(auth));
        assertThat(hosts.blobHosts()).anyMatch(rule -> rule.matches(blob));
    }

    @ParameterizedTest
    @CsvSource({
        "1.dkr.ecr.eu-west-1.amazonaws.com, prod-us-east-1-starport-layer-bucket.s3.us-east-1.amazonaws.com",
        "1.dkr.ecr.eu-west-1.amazonaws.com, evil.s3.eu-west-1.amazonaws.com",
        "registry.k8s.io, evil.s3.dualstack.us-west-2.amazonaws.com",
        "evil.example, pkg-containers.githubusercontent.com",
        "dkr.ecr.eu-west-1.amazonaws.com, prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com"
    })
    @DisplayName("and no others")
    void notWellKnown(String host, String blob) {
        assertThat(WellKnownRegistries.of(host).blobHosts()).noneMatch(rule -> rule.matches(blob));
    }
}
