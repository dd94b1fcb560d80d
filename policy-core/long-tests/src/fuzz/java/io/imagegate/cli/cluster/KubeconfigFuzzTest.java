package io.imagegate.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.fuzz.FuzzedFile;
import io.imagegate.fuzz.WhereJazzerRuns;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A kubeconfig names a server with TLS, or on this machine, or is refused. */
@WhereJazzerRuns
class KubeconfigFuzzTest {

    static Stream<byte[]> seeds() {
        String start =
                "{apiVersion: v1, kind: Config, current-context: a, contexts: [{name: a, context: {cluster: b, user: c}}], ";
        return Stream.of(
                        start
                                + "clusters: [{name: b, cluster: {server: 'https://10.0.0.1:6443/x/'}}], users: [{name: c, user: {token: t}}]}",
                        start + "clusters: [{name: b, cluster: {server: 'http://127.0.0.1:8001', tls-server-name: x,"
                                + " certificate-authority-data: ''}}], users: [{name: c, user: null}]}",
                        start
                                + "clusters: [{name: b, cluster: {server: 'https://[::1]', certificate-authority-data: eA==}}],"
                                + " users: [{name: c, user: {client-certificate-data: eA==, client-key-data: eA==, exec: {}}}]}")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aFileNamesAServerOrIsRefused(byte[] data) {
        // Its host would be looked up in the DNS.
        if (new String(data, UTF_8).contains("proxy-url")) {
            return;
        }
        ClusterSettings settings =
                new ClusterSettings(Optional.of(FuzzedFile.of(data)), Optional.empty(), Optional.empty());
        try {
            ClusterAccess access = ClusterAccess.find(settings, Map.of());
            assertThat(access.server().getHost()).isNotEmpty();
            assertThat(access.server().getRawUserInfo()).isNull();
            assertThat(access.server().getRawQuery()).isNull();
            assertThat(access.server().getScheme().equals("https") || ClusterAccess.isPlainLocal(access.server()))
                    .isTrue();
            access.token().get().ifPresent(token -> assertThat(token).matches("[!-~]+"));
        } catch (ClusterProblem refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }
}
