package io.imagegate.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "webhook.imagegate.svc", "*.example.org", "a-1.B2", "1password.com"})
    void namesAreNames(String text) {
        assertThat(Host.parse(text).generalName().getTagNo()).isEqualTo(GeneralName.dNSName);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "fe80::1", "2001:db8:0:0:0:0:0:1"})
    void addressesAreAddresses(String text) {
        assertThat(Host.parse(text).generalName().getTagNo()).isEqualTo(GeneralName.iPAddress);
    }

    @Test
    void internationalNamesBecomeAscii() {
        assertThat(Host.parse("bücher.example").text()).isEqualTo("xn--bcher-kva.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                "a.",
                "a b",
                "a_b",
                "https://a",
                "a:443",
                "10.0.0.300",
                "1.2.3",
                "*",
                "a.*.b",
                "*x.y"
            })
    void othersAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Host.parse(text))
                .withMessage("\"" + text + "\": expected a DNS name or an IP address");
    }

    @Test
    void lengthsAreThoseOfDns() {
        String label = "a".repeat(63);
        assertThat(Host.parse(label + "." + label + "." + label + "." + "a".repeat(61))
                        .text())
                .hasSize(253);
        assertThatIllegalArgumentException().isThrownBy(() -> Host.parse(label + "a"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Host.parse(label + "." + label + "." + label + "." + "a".repeat(62)));
    }
}
