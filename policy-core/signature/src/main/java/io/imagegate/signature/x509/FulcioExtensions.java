package io.imagegate.signature.x509;

import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerElement;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.SignatureFault;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a keyless certificate says of its holder: one name, and who knows it. */
public final class FulcioExtensions {

    private static final String ARC = "1.3.6.1.4.1.57264.1.";

    private FulcioExtensions() {}

    /** {@return the only subject alternative name} */
    public static String identity(Certificate leaf) {
        List<DerElement> names = leaf.extensions().alternativeNames();
        if (names.size() != 1) {
            throw refused("has " + names.size() + " subject alternative names, expected one");
        }
        DerElement name = names.get(0);
        return switch (name.tag()) {
            case 0x81, 0x82, 0x86 -> name.text();
            case 0xa0 -> otherName(name.inside());
            default -> throw refused("has a subject alternative name that is no e-mail address, DNS name or URI");
        };
    }

    private static String otherName(Der parts) {
        boolean user = parts.next(Der.OID).oid().equals(ARC + "7");
        Der value = parts.next(Der.explicit(0)).inside();
        parts.end();
        if (!user) {
            throw refused("has a subject alternative name of an unknown kind");
        }
        String text = value.next(Der.UTF8_STRING).text();
        value.end();
        return text;
    }

    /** {@return who issued the token; two extensions say it, which agree where both are there} */
    public static String issuer(Certificate leaf) {
        Optional<String> old = leaf.extensions().value(ARC + "1").map(FulcioExtensions::raw);
        Optional<String> current = leaf.extensions().text(ARC + "8");
        if (old.isPresent() && current.isPresent() && !old.equals(current)) {
            throw refused("has two issuers: " + Refusal.shown(old.get()) + " and " + Refusal.shown(current.get()));
        }
        return current.or(() -> old).orElseThrow(() -> refused("names no issuer"));
    }

    private static String raw(byte[] value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused("has an issuer that is not UTF-8");
        }
    }

    private static Refusal refused(String why) {
        return Refusal.violated(SignatureFault.IDENTITY, "the certificate " + why);
    }
}
