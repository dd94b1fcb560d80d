package io.imagegate.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names in certificates are tested with the server, which has a library that makes certificates. */
class ClientNamesTest {

    private static final List<String> GATES = List.of("default", "prod", "dev");

    @ParameterizedTest
    @CsvSource({
        "kube-apiserver,           default, cn:kube-apiserver,  true",
        "kube-apiserver,           prod,    dns:kube-apiserver, true",
        "kube-apiserver,           prod,    uri:kube-apiserver, false",
        "kube-apiserver,           prod,    cn:Kube-apiserver,  false",
        "cn:kube-apiserver,        prod,    dns:kube-apiserver, false",
        "'a,prod=b,c',             default, cn:a,               true",
        "'a,prod=b,c',             dev,     cn:a,               true",
        "'a,prod=b,c',             dev,     cn:b,               false",
        "'a,prod=b,c',             prod,    cn:b,               true",
        "'a,prod=b,c',             prod,    cn:c,               true",
        "'a,prod=b,c',             prod,    cn:a,               false",
        "prod=b,                   dev,     cn:other,           true",
        "prod=b,                   prod,    cn:other,           false",
    })
    void aGateAcceptsItsNames(String written, String gate, String name, boolean accepted) {
        ClientNames names = ClientNames.parse(List.of(written)).forGates(GATES);
        assertThat(names.accept(Optional.of(gate), Set.of(name, "cn:more"))).isEqualTo(accepted);
    }

    @Test
    void whereNoGateDecidesWhomSomeGateAcceptsMayAsk() {
        ClientNames all = ClientNames.parse(List.of("a,prod=b")).forGates(GATES);
        assertThat(all.accept(Optional.empty(), Set.of("cn:b"))).isTrue();
        assertThat(all.accept(Optional.empty(), Set.of("cn:c"))).isFalse();
        ClientNames some = ClientNames.parse(List.of("prod=b")).forGates(GATES);
        assertThat(some.accept(Optional.empty(), Set.of())).isTrue();
    }

    @Test
    void whatIsNoNameIsRefused() {
        for (String wrong : List.of("", "a,", "cn:", "spiffe://a/b", "prod=")) {
            assertThatIllegalArgumentException().isThrownBy(() -> ClientNames.parse(List.of(wrong)));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientNames.parse(List.of("pord=a")).forGates(GATES))
                .withMessage("pord=...: expected a name of policies: default, prod, dev");
        assertThat(ClientNames.parse(List.of()).isAny()).isTrue();
    }

    @Test
    void anAdapterThatGivesNoCertificateIsRefused() throws Exception {
        ImageGate gate = ImageGate.of(PolicySet.of(Policy.byDefault()));
        PolicyWebhook webhook = PolicyWebhook.builder(gate)
                .clientNames(ClientNames.parse(List.of("kube-apiserver")))
                .build();
        byte[] body = "{\"spec\":{\"containers\":[{\"image\":\"nginx:1\"}]}}".getBytes(UTF_8);
        Answer answer = webhook.handle("POST", "/validate", "application/json", new ByteArrayInputStream(body));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(new String(answer.body(), UTF_8))
                .contains("the client has no certificate; expected one with an accepted name", "\"code\":403");
        assertThat(webhook.receive("GET", "/x", null, () -> null).refusal())
                .hasValueSatisfying(refused -> assertThat(refused.status()).isEqualTo(403));
        assertThat(PolicyWebhook.builder(gate)
                        .build()
                        .handle("POST", "/validate", "application/json", new ByteArrayInputStream(body))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void namesForAGateWithoutAPathAreRefused() {
        PolicyWebhookBuilder webhook = PolicyWebhook.builder(ImageGate.of(PolicySet.of(Policy.byDefault())))
                .clientNames(ClientNames.parse(List.of("prod=a")));
        assertThatIllegalArgumentException().isThrownBy(webhook::build).withMessageContaining("prod=...");
    }
}
