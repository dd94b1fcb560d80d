package io.imagegate.war;

import io.imagegate.webhook.WebhookContract;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract of every adapter, over TLS, in a Tomcat with the WAR and a policy file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TomcatContract extends WebhookContract {

    private final Path home;
    private RunningTomcat tomcat;
    private SSLContext tls;
    private HttpClient client;

    @SuppressWarnings("NullAway.Init")
    TomcatContract(String home) {
        this.home = Path.of(System.getProperty(home));
    }

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        TestIdentity identity = TestIdentity.get();
        Path policy = directory.resolve("contract.yaml");
        Files.write(
                policy,
                TomcatContract.class.getResourceAsStream("/contract.yaml").readAllBytes());
        tls = identity.trusting();
        client = HttpClient.newBuilder().sslContext(tls).build();
        CatalinaBase base = CatalinaBase.create(directory.resolve("base"), home, identity);
        MishapApplication.write(
                base.directory().resolve("webapps/embedder"), Path.of(System.getProperty("imagegate.war")));
        tomcat = new RunningTomcat(home, base, List.of("-Dimagegate.policy=" + policy + ",prod=" + policy), Map.of());
    }

    @AfterAll
    void stop() {
        tomcat.close();
    }

    /** Tomcat itself refuses encoded slashes and what leaves its root. */
    @Override
    protected Set<Integer> refusals() {
        return Set.of(400, 404);
    }

    @Override
    protected URI base() {
        return tomcat.base();
    }

    @Override
    protected URI mishaps() {
        return tomcat.base().resolve("/embedder");
    }

    @Override
    protected HttpClient client() {
        return client;
    }

    @Override
    protected SocketFactory sockets() {
        return tls.getSocketFactory();
    }
}
