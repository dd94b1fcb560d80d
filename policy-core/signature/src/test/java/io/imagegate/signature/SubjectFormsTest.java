package io.imagegate.signature;

import static io.imagegate.signature.Verdicts.verified;
import static io.imagegate.signature.Verdicts.violates;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerWriter;
import io.imagegate.signer.SignatureFault;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Ways to write a subject, each beside one that only looks like it. */
class SubjectFormsTest {

    private static final int BMP_STRING = 0x1e;
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String UNIT = "2.5.4.11";

    private final TestCertificate root = TestCertificate.root("acme root");

    private static byte[] attribute(String type, int tag, byte[] value) {
        return Asn1.seq(Asn1.oid(type), DerWriter.element(tag, value));
    }

    private static byte[] utf8(String type, String value) {
        return attribute(type, Der.UTF8_STRING, value.getBytes(StandardCharsets.UTF_8));
    }

    private Verdict verify(String subject, byte[]... lastPart) {
        TestCertificate leaf = new TestCertificate()
                .usage(0x80)
                .purposes(false, TestCertificate.CODE_SIGNING)
                .name("2.5.4.10", "acme")
                .part(lastPart)
                .issuedBy(root);
        return TestBundle.by(leaf)
                .verify(TestSigners.certificate(List.of(root.pem()))
                        .subject(subject)
                        .build());
    }

    @Test
    @DisplayName("the kind of a text makes no difference, one of 16 bits is another text")
    void kinds() {
        byte[] ascii = "release".getBytes(StandardCharsets.US_ASCII);
        for (int kind : new int[] {Der.UTF8_STRING, Der.PRINTABLE_STRING, Der.IA5_STRING}) {
            verified(verify("CN=release,O=acme", attribute(COMMON_NAME, kind, ascii)));
        }
        byte[] wide = "release".getBytes(StandardCharsets.UTF_16BE);
        violates(verify("CN=release,O=acme", attribute(COMMON_NAME, BMP_STRING, wide)), SignatureFault.IDENTITY);
    }

    @Test
    @DisplayName("letter case, a zero and what follows it count")
    void values() {
        violates(verify("CN=release,O=acme", utf8(COMMON_NAME, "Release")), SignatureFault.IDENTITY);
        violates(verify("CN=release,O=acme", utf8(COMMON_NAME, "release\u0000.evil")), SignatureFault.IDENTITY);
        violates(verify("CN=release,O=acme", utf8(COMMON_NAME, "release ")), SignatureFault.IDENTITY);
        violates(verify("CN=*,O=acme", utf8(COMMON_NAME, "a/b")), SignatureFault.IDENTITY);
        byte[] noText = {(byte) 0xc0, (byte) 0xaf};
        violates(
                verify("CN=*,O=acme", attribute(COMMON_NAME, Der.UTF8_STRING, noText)),
                SignatureFault.FORMAT,
                "a text is not UTF-8");
    }

    @Test
    @DisplayName("a part of two attributes is no two parts, and a part of none is refused")
    void parts() {
        byte[] name = utf8(COMMON_NAME, "release");
        verified(verify("CN=release+OU=x,O=acme", name, utf8(UNIT, "x")));
        violates(verify("CN=release,O=acme", name, utf8(UNIT, "x")), SignatureFault.IDENTITY);
        violates(verify("CN=release,OU=x,O=acme", name, utf8(UNIT, "x")), SignatureFault.IDENTITY);
        violates(verify("CN=release,O=acme", name, utf8(COMMON_NAME, "evil")), SignatureFault.IDENTITY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> verify("CN=release+CN=evil,O=acme", name, utf8(COMMON_NAME, "evil")))
                .withMessageContaining("has CN twice");
        violates(verify("CN=release,O=acme"), SignatureFault.FORMAT, "a name of an empty part");
    }

    @Test
    @DisplayName("quotes, digits and object identifiers are other ways to write the same")
    void spellings() {
        byte[] comma = utf8(COMMON_NAME, "Acme, Inc; \"north\"");
        for (String subject : new String[] {
            "CN=\"Acme, Inc; \\\"north\\\"\",O=acme",
            "CN=Acme\\, Inc\\; \\\"north\\\",O=acme",
            "CN = \"Acme, *\", O = acme",
            "2.5.4.3=Acme\\2C *,2.5.4.10=acme",
            "cn=#0c1241636d652c20496e633b20226e6f72746822,o=#130461636d65"
        }) {
            verified(verify(subject, comma));
        }
        violates(verify("CN=Acme,O=acme", comma), SignatureFault.IDENTITY);
        violates(verify("CN=\"Acme, Inc\",O=acme", comma), SignatureFault.IDENTITY);
        verified(verify("CN=release\\ ,O=acme", utf8(COMMON_NAME, "release ")));
        violates(verify("CN=release ,O=acme", utf8(COMMON_NAME, "release ")), SignatureFault.IDENTITY);
        byte[] wide = "release".getBytes(StandardCharsets.UTF_16BE);
        String digits = "1e0e" + HexFormat.of().formatHex(wide).toUpperCase(Locale.ROOT);
        verified(verify("CN=#" + digits + ",O=acme", attribute(COMMON_NAME, BMP_STRING, wide)));
    }

    @Test
    @DisplayName("the attributes of one part may stand in any order")
    void order() {
        byte[] name = utf8(COMMON_NAME, "release");
        verified(verify("OU=x+CN=release,O=acme", name, utf8(UNIT, "x")));
        violates(verify("OU=release+CN=x,O=acme", name, utf8(UNIT, "x")), SignatureFault.IDENTITY);
    }
}
