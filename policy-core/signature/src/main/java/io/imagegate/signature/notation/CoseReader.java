package io.imagegate.signature.notation;

import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.encoding.Cbor;
import io.imagegate.signature.encoding.CborWriter;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.x509.Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads envelopes of COSE with one signer (COSE_Sign1 of RFC 9052). */
final class CoseReader {

    private static final String WHAT = NotationEnvelope.WHAT;
    private static final int SIGN1 = 18;
    private static final int EPOCH = 1;

    private static final Long ALGORITHM = 1L;
    private static final Long CRITICAL = 2L;
    private static final Long CONTENT_TYPE = 3L;
    private static final Long CERTIFICATES = 33L;

    private CoseReader() {}

    static NotationEnvelope read(byte[] data) {
        List<Cbor> parts = Cbor.read(WHAT, data).tagged(SIGN1).list();
        if (parts.size() != 4) {
            throw Refusal.format(WHAT + " has " + parts.size() + " parts, expected 4");
        }
        byte[] signed = parts.get(0).bytes();
        byte[] payload = parts.get(2).bytes();
        Map<Object, Cbor> header = Cbor.read("the protected header", signed).map();
        Map<Object, Cbor> unsigned = parts.get(1).map();
        Set<Object> twice = new HashSet<>(header.keySet());
        twice.retainAll(unsigned.keySet());
        if (!twice.isEmpty() || header.containsKey(CERTIFICATES) || header.containsKey(NotationHeader.TIMESTAMP)) {
            throw Refusal.format("a header is signed and unsigned, or signed and belongs beside the signature");
        }
        byte[] message = CborWriter.list(
                CborWriter.text("Signature1"),
                CborWriter.bytes(signed),
                CborWriter.bytes(new byte[0]),
                CborWriter.bytes(payload));
        return new NotationEnvelope(
                MessageSource.of(message),
                Bytes.of(parts.get(3).bytes()),
                Bytes.of(payload),
                header(header),
                chain(required(unsigned, CERTIFICATES)),
                optional(unsigned, NotationHeader.TIMESTAMP).map(Cbor::bytes));
    }

    private static NotationHeader header(Map<Object, Cbor> header) {
        return NotationHeader.of(
                NotationAlgorithm.ofCose(required(header, ALGORITHM).integer()),
                required(header, CONTENT_TYPE).text(),
                required(header, NotationHeader.SCHEME).text(),
                required(header, CRITICAL).list().stream().map(Cbor::label).toList(),
                time(header, NotationHeader.SIGNING_TIME),
                time(header, NotationHeader.EXPIRY));
    }

    /** One certificate may stand alone (RFC 9360). */
    private static List<Certificate> chain(Cbor certificates) {
        List<Cbor> chain = certificates.isList() ? certificates.list() : List.of(certificates);
        if (chain.size() > NotationEnvelope.LONGEST_CHAIN) {
            throw Refusal.undecidable(WHAT + " has " + chain.size() + " certificates, expected at most "
                    + NotationEnvelope.LONGEST_CHAIN);
        }
        return chain.stream()
                .map(certificate -> NotationEnvelope.certificate(certificate.bytes()))
                .toList();
    }

    private static Optional<Instant> time(Map<Object, Cbor> header, String name) {
        return optional(header, name).map(time -> {
            long seconds = time.tagged(EPOCH).integer();
            try {
                return Instant.ofEpochSecond(seconds);
            } catch (DateTimeException e) {
                throw Refusal.format("the header " + name + " is " + seconds + ", expected seconds since 1970");
            }
        });
    }

    private static Optional<Cbor> optional(Map<Object, Cbor> header, Object label) {
        @Nullable Cbor value = header.get(label);
        return Optional.ofNullable(value);
    }

    private static Cbor required(Map<Object, Cbor> header, Object label) {
        return optional(header, label).orElseThrow(() -> Refusal.format(WHAT + " has no header " + label));
    }
}
