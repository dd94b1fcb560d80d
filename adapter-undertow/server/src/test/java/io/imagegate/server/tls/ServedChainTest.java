package io.imagegate.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.tls.Issued.Dates;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which chains an API server would refuse, whatever authority it trusts, and which authorities refuse each client. */
class ServedChainTest {

    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
    private static final Dates NOW_VALID = days(-10, 10);
    private static final Dates EXPIRED = days(-10, -1);
    private static final Dates LATER = days(1, 10);

    private static Issued root;

    @BeforeAll
    static void makeRoot() throws Exception {
        root = Issued.root("root", days(-100, 100));
    }

    private static Dates days(int from, int until) {
        return new Dates(NOW.plus(Duration.ofDays(from)), NOW.plus(Duration.ofDays(until)));
    }

    private static ServedChain chain(Issued... chain) {
        return new ServedChain(Arrays.stream(chain).map(Issued::certificate).toList(), List.of());
    }

    @Test
    void theClockAloneEndsAChain() throws Exception {
        ServedChain chain = chain(root.server(NOW_VALID));
        assertThat(chain.problem(NOW_VALID.from().minusSeconds(1)))
                .hasValue("the certificate of --tls-cert is not valid before " + NOW_VALID.from());
        assertThat(chain.problem(NOW_VALID.from())).isEmpty();
        assertThat(chain.problem(NOW_VALID.until())).isEmpty();
        assertThat(chain.problem(NOW_VALID.until().plusSeconds(1)))
                .hasValue("the certificate of --tls-cert expired at " + NOW_VALID.until());
        assertThat(chain.expiry()).isEqualTo(NOW_VALID.until());
    }

    @Test
    void anIntermediateThatIsNotValidEndsAChainUnlessAnotherWithItsKeyIs() throws Exception {
        for (Dates dates : List.of(EXPIRED, LATER)) {
            Issued middle = root.authority("middle", dates);
            Issued leaf = middle.server(NOW_VALID);
            assertThat(chain(leaf).problem(NOW)).as("the client may trust it").isEmpty();
            assertThat(chain(leaf, middle).problem(NOW))
                    .hasValue("a certificate above that of --tls-cert, in its file, has expired or is not valid yet");
            assertThat(chain(leaf, middle, root).problem(NOW)).isPresent();
            assertThat(chain(leaf, middle, root.authority("middle", middle.keys(), NOW_VALID))
                            .problem(NOW))
                    .isEmpty();
            assertThat(chain(leaf, middle, root.authority("middle", NOW_VALID)).problem(NOW))
                    .as("another key")
                    .isPresent();
            assertThat(chain(middle.server(NOW_VALID), root).problem(NOW))
                    .as("no issuer")
                    .isEmpty();
        }
    }

    @Test
    void aChainExpiresWithTheFirstOfItsBestPath() throws Exception {
        Issued middle = root.authority("middle", days(-10, 5));
        Issued leaf = middle.server(NOW_VALID);
        assertThat(chain(leaf, middle).expiry()).isEqualTo(days(0, 5).until());
        assertThat(chain(leaf, middle, root.authority("middle", middle.keys(), days(-10, 7)))
                        .expiry())
                .isEqualTo(days(0, 7).until());
        assertThat(chain(leaf, root).expiry()).isEqualTo(NOW_VALID.until());
    }

    @Test
    void certificatesThatSignEachOtherEnd() throws Exception {
        Issued one = root.authority("one", NOW_VALID);
        Issued two = one.authority("two", NOW_VALID);
        Issued again = two.authority("one", one.keys(), NOW_VALID);
        assertThat(chain(two.server(NOW_VALID), two, again).problem(NOW)).isEmpty();
        Issued[] many = Stream.generate(() -> two).limit(1_000).toArray(Issued[]::new);
        assertThat(chain(many).problem(NOW)).isEmpty();
    }

    @Test
    void aCertificateForClientsIsRefused() throws Exception {
        assertThat(chain(root.leaf(KeyPurposeId.id_kp_clientAuth, NOW_VALID)).problem(NOW))
                .hasValue("the certificate of --tls-cert is not for servers");
        assertThat(chain(root.leaf(KeyPurposeId.anyExtendedKeyUsage, NOW_VALID)).problem(NOW))
                .isEmpty();
        assertThat(chain(root).problem(NOW)).as("it says nothing").isEmpty();
    }

    /** As Go's VerifyHostname decides. */
    @ParameterizedTest
    @CsvSource({
        "imagegate.imagegate.svc, imagegate.imagegate.svc, true",
        "Imagegate.Imagegate.SVC, imagegate.imagegate.svc, true",
        "imagegate.imagegate.svc, IMAGEGATE.imagegate.svc, true",
        "imagegate.imagegate.svc, other.imagegate.svc, false",
        "imagegate.imagegate.svc, imagegate.imagegate.svc.cluster.local, false",
        "*.imagegate.svc, imagegate.imagegate.svc, true",
        "*.svc, imagegate.imagegate.svc, false",
        "i*.imagegate.svc, imagegate.imagegate.svc, false",
        "imagegate.*.svc, imagegate.imagegate.svc, false",
        "*, localhost, false",
        "*.imagegate.svc, imagegate.svc, false",
        "under_score.svc imagegate.imagegate.svc, imagegate.imagegate.svc, true",
        "a.example 10.0.0.1, 10.0.0.1, true",
        "a.example 10.0.0.1, 10.0.0.2, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "::ffff:10.0.0.1, 10.0.0.1, true",
        "dns:10.0.0.1, 10.0.0.1, false",
    })
    void namesAreComparedAsGoDoes(String alternatives, String host, boolean valid) throws Exception {
        GeneralName[] names = Arrays.stream(alternatives.split(" "))
                .map(name -> name.matches("[0-9.]+|.*::.*")
                        ? new GeneralName(GeneralName.iPAddress, name)
                        : new GeneralName(GeneralName.dNSName, name.replace("dns:", "")))
                .toArray(GeneralName[]::new);
        X509Certificate certificate = root.server(NOW_VALID, names).certificate();
        assertThat(new ServedChain(List.of(certificate), List.of(Host.parse(host)))
                        .problem(NOW)
                        .isEmpty())
                .isEqualTo(valid);
    }

    @Test
    void anyConfiguredNameIsEnoughAndTheCommonNameIsNone() throws Exception {
        List<Host> hosts = List.of(Host.parse("server"), Host.parse("10.0.0.1"));
        assertThat(new ServedChain(
                                List.of(root.server(NOW_VALID, Issued.dns("other"))
                                        .certificate()),
                                hosts)
                        .problem(NOW))
                .hasValue(
                        "the certificate of --tls-cert is valid for none of the names of --service-name: server, 10.0.0.1");
        assertThat(new ServedChain(List.of(root.server(NOW_VALID).certificate()), hosts).problem(NOW))
                .as("CN=server")
                .isPresent();
        assertThat(new ServedChain(
                                List.of(root.server(NOW_VALID, Issued.dns("other", "server"))
                                        .certificate()),
                                hosts)
                        .problem(NOW))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofSeveralAuthoritiesOneIsEnough(boolean expired) throws Exception {
        Dates dates = expired ? EXPIRED : LATER;
        X509Certificate wrong = Issued.root("wrong", dates).certificate();
        ClientAuthorities both = new ClientAuthorities(List.of(wrong, root.certificate()));
        assertThat(both.problem(NOW)).isEmpty();
        assertThat(both.warning(NOW))
                .hasValue("1 of 2 authorities of --client-ca is not valid now, so their clients are refused");
        assertThat(new ClientAuthorities(List.of(wrong)).problem(NOW))
                .hasValue("the authority of --client-ca "
                        + (expired ? "expired at " + EXPIRED.until() : "is not valid before " + LATER.from()));
        assertThat(new ClientAuthorities(List.of(wrong, wrong)).problem(NOW))
                .hasValue("none of the 2 authorities of --client-ca is valid now");
        assertThat(new ClientAuthorities(List.of(wrong, wrong)).warning(NOW)).isEmpty();
        assertThat(both.expiry()).isEqualTo(days(0, 100).until());
    }
}
