package io.imagegate.signature;

import static io.imagegate.signature.TestSigstore.ISSUER;
import static io.imagegate.signature.TestSigstore.SIGNED;
import static io.imagegate.signature.Verdicts.verified;
import static io.imagegate.signature.Verdicts.violates;

import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerWriter;
import io.imagegate.signer.SignatureFault;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Kinds of subject alternative names that are identities, and kinds that are none. */
class AlternativeNamesTest {

    private static final String NAME = "release@acme.example";
    private static final String USER_NAME = "1.3.6.1.4.1.57264.1.7";

    private final TestSigstore sigstore = new TestSigstore();

    private static byte[] text(int kind, String name) {
        return DerWriter.element(Der.implicit(kind), name.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] other(String type, byte[] value) {
        return Asn1.explicit(0, Asn1.oid(type), Asn1.explicit(0, value));
    }

    private Verdict verify(byte[]... names) {
        TestCertificate leaf = TestSigstore.bare()
                .usage(0x80)
                .purposes(false, TestCertificate.CODE_SIGNING)
                .extension("2.5.29.17", true, Asn1.seq(names))
                .extension(TestSigstore.issuerOid(8), false, Asn1.utf8(ISSUER));
        return TestBundle.by(sigstore.stamped(leaf))
                .logged(sigstore.log, SIGNED)
                .verify(TestSigners.keyless(TestSigners.trust(sigstore.root()), ISSUER, "**acme.example**", Map.of()));
    }

    @Test
    @DisplayName("an e-mail address, a DNS name, a URI and Fulcio's name of a user are identities")
    void identities() {
        verified(verify(text(1, NAME)));
        verified(verify(text(2, "acme.example")));
        verified(verify(text(6, "https://acme.example/release")));
        verified(verify(other(USER_NAME, Asn1.utf8(NAME))));
        violates(verify(other(USER_NAME, Asn1.utf8("release@evil.example"))), SignatureFault.IDENTITY, "evil.example");
    }

    @Test
    @DisplayName("names of other kinds, two names and none are not")
    void others() {
        violates(verify(other("1.3.6.1.4.1.311.20.2.3", Asn1.utf8(NAME))), SignatureFault.IDENTITY, "unknown kind");
        violates(verify(text(1, NAME), text(1, NAME)), SignatureFault.IDENTITY, "2 subject alternative names");
        violates(
                verify(text(1, NAME), other(USER_NAME, Asn1.utf8("x"))),
                SignatureFault.IDENTITY,
                "2 subject alternative names");
        byte[] directory = Asn1.explicit(4, Asn1.seq(Asn1.set(Asn1.seq(Asn1.oid("2.5.4.3"), Asn1.utf8(NAME)))));
        violates(verify(directory), SignatureFault.IDENTITY, "no e-mail address, DNS name or URI");
        byte[] address = DerWriter.element(Der.implicit(7), new byte[] {127, 0, 0, 1});
        violates(verify(address), SignatureFault.IDENTITY, "no e-mail address, DNS name or URI");
    }
}
