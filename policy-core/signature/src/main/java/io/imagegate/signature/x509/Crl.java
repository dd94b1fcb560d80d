package io.imagegate.signature.x509;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerElement;
import io.imagegate.signature.refusal.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A list of certificates that an authority revoked (RFC 5280): a complete one, read strictly. It keeps its bytes, and an index of
 * serial numbers. Immutable and thread-safe.
 */
public final class Crl {

    private static final String DELTA = "2.5.29.27";
    private static final String DISTRIBUTION_POINT = "2.5.29.28";
    private static final int CRL_SIGNING = 6;
    private static final int MOST_ISSUERS = 16;

    private final String what;
    private final byte[] encoded;
    private final DistinguishedName issuer;
    private final Instant thisUpdate;
    private final Instant nextUpdate;
    /** For each entry the hash of its serial number and the place where it begins, in ascending order. */
    private final long[] index;
    /** Which certificates, by their bytes, are of the authority that signed this. */
    private final Map<Bytes, Boolean> signers = new ConcurrentHashMap<>();

    private Crl(String what, byte[] encoded) {
        this.what = what;
        this.encoded = encoded;
        Der outer = Der.only(what, encoded, Der.SEQUENCE).inside();
        Der parts = outer.next(Der.SEQUENCE).inside();
        DerElement algorithm = outer.next(Der.SEQUENCE);
        outer.next(Der.BIT_STRING).bits();
        outer.end();
        if (parts.next(Der.INTEGER).small() != 1) {
            throw Refusal.format(what + " is not of version 2");
        }
        if (!Arrays.equals(parts.next(Der.SEQUENCE).encoded(), algorithm.encoded())) {
            throw Refusal.format(what + " names two algorithms");
        }
        SignatureAlgorithms.requireStrong(what, algorithm);
        issuer = DistinguishedName.read(what, parts.next(Der.SEQUENCE).inside());
        thisUpdate = time(parts);
        nextUpdate = time(parts);
        index = parts.isNext(Der.SEQUENCE) ? index(parts.next().inside()) : new long[0];
        requireComplete(parts);
        parts.end();
    }

    /** Reads a list in DER. */
    public static Crl read(String what, byte[] encoded) {
        return new Crl(what, encoded);
    }

    private static Instant time(Der parts) {
        return parts.next(parts.isNext(Der.UTC_TIME) ? Der.UTC_TIME : Der.GENERALIZED_TIME)
                .time();
    }

    private long[] index(Der entries) {
        List<Long> found = new ArrayList<>();
        while (entries.hasNext()) {
            DerElement entry = entries.next(Der.SEQUENCE);
            RevokedEntry read = RevokedEntry.read(what, entry);
            found.add(key(read.serial()) | entry.start());
        }
        return found.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private static long key(Bytes serial) {
        return (long) serial.hashCode() << Integer.SIZE;
    }

    private void requireComplete(Der parts) {
        Der explicit = parts.next(Der.explicit(0)).inside();
        Extensions extensions =
                Extensions.read(what, explicit.next(Der.SEQUENCE).inside());
        explicit.end();
        if (extensions.value(DELTA).isPresent()
                || extensions.value(DISTRIBUTION_POINT).isPresent()) {
            throw Refusal.format(what + " is a delta CRL, or one of a distribution point, expected a complete one");
        }
        extensions.requireCritical(Set.of());
    }

    /**
     * {@return whether this is named as a list of the authority, whoever signed it} Kinds of text, case and spaces in the name do
     * not count: else the list would be that of a stranger, and nothing would count as revoked.
     */
    boolean isNamedAfter(Certificate authority) {
        return authority.subject().isSame(issuer);
    }

    /** {@return whether the authority signed this} That is verified once for each authority. */
    boolean isSignedBy(Crypto crypto, Certificate authority) {
        if (!isNamedAfter(authority) || !authority.extensions().hasUsage(CRL_SIGNING)) {
            return false;
        }
        Bytes key = Bytes.of(authority.encoded());
        if (signers.size() >= MOST_ISSUERS) {
            signers.clear();
        }
        return signers.computeIfAbsent(key, any -> authority.key().signedList(crypto, what, encoded));
    }

    Instant thisUpdate() {
        return thisUpdate;
    }

    Instant nextUpdate() {
        return nextUpdate;
    }

    /** {@return the entry of a certificate of the authority} */
    Optional<RevokedEntry> find(Certificate certificate) {
        return find(Bytes.of(certificate.serial()));
    }

    /** {@return the entry of a serial number} */
    Optional<RevokedEntry> find(Bytes serial) {
        long key = key(serial);
        int place = Arrays.binarySearch(index, key);
        for (int i = place < 0 ? -place - 1 : place;
                i < index.length && index[i] >> Integer.SIZE == key >> Integer.SIZE;
                i++) {
            Der entry = new Der(what, encoded, (int) index[i], encoded.length);
            RevokedEntry found = RevokedEntry.read(what, entry.next(Der.SEQUENCE));
            if (found.serial().equals(serial)) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** {@return the list in DER} */
    public Bytes bytes() {
        return Bytes.of(encoded);
    }
}
