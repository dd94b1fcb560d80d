package io.imagegate.signature.x509;

import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerElement;
import io.imagegate.signature.refusal.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The extensions of a certificate, each of which comes once. */
public final class Extensions {

    private static final int MOST = 64;

    private record Extension(boolean critical, Bytes value) {}

    private final String what;
    private final Map<String, Extension> byOid;

    private Extensions(String what, Map<String, Extension> byOid) {
        this.what = what;
        this.byOid = byOid;
    }

    static Extensions read(String what, Der list) {
        Map<String, Extension> found = new HashMap<>();
        while (list.hasNext()) {
            Der parts = list.next(Der.SEQUENCE).inside();
            String oid = parts.next(Der.OID).oid();
            boolean critical = parts.isNext(Der.BOOLEAN) && parts.next().bool();
            byte[] value = parts.next(Der.OCTET_STRING).value();
            parts.end();
            if (found.put(oid, new Extension(critical, Bytes.of(value))) != null || found.size() > MOST) {
                throw Refusal.format(what + " has an extension twice, or more than " + MOST);
            }
        }
        return new Extensions(what, found);
    }

    public Optional<byte[]> value(String oid) {
        return Optional.ofNullable(byOid.get(oid)).map(extension -> extension.value.array());
    }

    public boolean isCritical(String oid) {
        return Optional.ofNullable(byOid.get(oid)).map(Extension::critical).orElse(false);
    }

    private Optional<DerElement> element(String oid, int tag) {
        return value(oid).map(value -> Der.only(what, value, tag));
    }

    /** {@return whether basic constraints say that this may issue certificates} */
    public boolean isAuthority() {
        return element("2.5.29.19", Der.SEQUENCE)
                .map(DerElement::inside)
                .map(parts -> parts.isNext(Der.BOOLEAN) && parts.next().bool())
                .orElse(false);
    }

    /** {@return whether the key usage is there and has the bit of digital signatures} */
    boolean isForSignatures() {
        return element("2.5.29.15", Der.BIT_STRING).map(bits -> bits.bit(0)).orElse(false);
    }

    /** {@return whether the key usage is there and has a bit, counted from that of digital signatures} */
    boolean hasUsage(int bit) {
        return element("2.5.29.15", Der.BIT_STRING).map(bits -> bits.bit(bit)).orElse(false);
    }

    /** Refuses critical extensions but some. */
    void requireCritical(Set<String> known) {
        byOid.forEach((oid, extension) -> {
            if (extension.critical && !known.contains(oid)) {
                throw Refusal.format(what + " has the critical extension " + oid + ", which is not known");
            }
        });
    }

    /** {@return the purposes of the extended key usage; empty if it is missing} */
    public Optional<List<String>> purposes() {
        return element("2.5.29.37", Der.SEQUENCE).map(DerElement::inside).map(list -> {
            List<String> purposes = new ArrayList<>();
            while (list.hasNext()) {
                purposes.add(list.next(Der.OID).oid());
            }
            return purposes;
        });
    }

    /** {@return the names of the subject alternative name; empty if it is missing} */
    List<DerElement> alternativeNames() {
        List<DerElement> names = new ArrayList<>();
        element("2.5.29.17", Der.SEQUENCE).map(DerElement::inside).ifPresent(list -> {
            while (list.hasNext()) {
                names.add(list.next());
            }
        });
        return names;
    }

    public Optional<byte[]> subjectKeyId() {
        return element("2.5.29.14", Der.OCTET_STRING).map(DerElement::value);
    }

    /** {@return the text of an extension that is an UTF8String} */
    public Optional<String> text(String oid) {
        return element(oid, Der.UTF8_STRING).map(DerElement::text);
    }
}
