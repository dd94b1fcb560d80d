package io.imagegate.signature.trust;

import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.x509.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An authority of a trusted root, which issues certificates or stamps times: its own certificate, and those below it.
 *
 * @param anchor where paths end
 * @param others further certificates, in the order of the chain
 * @param validity when it holds
 */
public record TrustedAuthority(Certificate anchor, List<Certificate> others, Validity validity) {

    private static final int LONGEST_CHAIN = 10;

    public static TrustedAuthority read(JsonObject authority) {
        List<Certificate> chain = new ArrayList<>();
        for (JsonObject certificate : authority.requiredObject("certChain").objects("certificates", LONGEST_CHAIN)) {
            chain.add(Certificate.read("a certificate of an authority", certificate.requiredBytes("rawBytes")));
        }
        if (chain.isEmpty()) {
            throw Refusal.format("an authority has no certificates");
        }
        int last = chain.size() - 1;
        return new TrustedAuthority(
                chain.get(last), List.copyOf(chain.subList(0, last)), Validity.read(authority.object("validFor")));
    }

    /** {@return the certificates: two authorities with the same ones are one, whenever each holds} */
    public List<Bytes> identity() {
        return Stream.concat(Stream.of(anchor), others.stream())
                .map(Certificate::encoded)
                .map(Bytes::of)
                .toList();
    }

    /** {@return authorities of one certificate each, which hold always and stamp times} */
    public static List<TrustedAuthority> all(List<X509Certificate> anchors) {
        return Certificate.readAll("timestamps", anchors).stream()
                .map(anchor -> new TrustedAuthority(anchor, List.of(), Validity.read(Optional.empty())))
                .toList();
    }
}
