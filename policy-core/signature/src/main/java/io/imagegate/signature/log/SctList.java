package io.imagegate.signature.log;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.crypto.VerificationKey;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerElement;
import io.imagegate.signature.encoding.DerWriter;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.trust.TrustedLog;
import io.imagegate.signature.x509.Certificate;
import io.imagegate.signer.SignatureFault;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The timestamps of certificate logs inside a certificate (RFC 6962, section 3.3). */
public final class SctList {

    public static final String OID = "1.3.6.1.4.1.11129.2.4.2";

    private static final int MOST = 16;
    private static final int SHA256 = 4;
    private static final byte[] PRECERTIFICATE = {0, 1};

    private record Sct(Bytes log, long time, Bytes extensions, int signatureAlgorithm, Bytes signature) {}

    private final List<Sct> scts;

    private SctList(List<Sct> scts) {
        this.scts = scts;
    }

    /** Reads the list of a certificate, which may have none. */
    public static SctList read(Certificate certificate) {
        List<Sct> scts = new ArrayList<>();
        certificate.extensions().value(OID).ifPresent(value -> {
            byte[] list = Der.only("the list of SCTs", value, Der.OCTET_STRING).value();
            ByteBuffer all = ByteBuffer.wrap(list);
            try {
                ByteBuffer items = opaque(all, 2);
                requireEnd(all);
                while (items.hasRemaining()) {
                    scts.add(read(opaque(items, 2)));
                }
            } catch (BufferUnderflowException | IllegalArgumentException e) {
                throw malformed();
            }
        });
        if (scts.size() > MOST) {
            throw Refusal.undecidable("the certificate has more than " + MOST + " SCTs");
        }
        return new SctList(scts);
    }

    private static Sct read(ByteBuffer sct) {
        if (sct.get() != 0) {
            throw malformed();
        }
        byte[] log = new byte[32];
        sct.get(log);
        long time = sct.getLong();
        byte[] extensions = bytes(opaque(sct, 2));
        int hash = sct.get();
        int algorithm = sct.get();
        byte[] signature = bytes(opaque(sct, 2));
        requireEnd(sct);
        if (hash != SHA256) {
            throw malformed();
        }
        return new Sct(Bytes.of(log), time, Bytes.of(extensions), algorithm, Bytes.of(signature));
    }

    private static ByteBuffer opaque(ByteBuffer buffer, int lengthBytes) {
        int length = 0;
        for (int i = 0; i < lengthBytes; i++) {
            length = length << 8 | (buffer.get() & 0xff);
        }
        ByteBuffer slice = buffer.slice();
        slice.limit(length);
        buffer.position(buffer.position() + length);
        return slice;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static void requireEnd(ByteBuffer buffer) {
        if (buffer.hasRemaining()) {
            throw malformed();
        }
    }

    private static Refusal malformed() {
        return Refusal.format("the list of SCTs is not one of version 1 with SHA-256");
    }

    /** {@return the known logs that stamped a certificate; one that did not, but is said to have, is a violation} */
    public Set<Bytes> verified(Crypto crypto, List<TrustedLog> logs, Certificate leaf, Certificate issuer) {
        Set<Bytes> found = new HashSet<>();
        for (Sct sct : scts) {
            List<TrustedLog> known =
                    logs.stream().filter(log -> log.id().equals(sct.log)).toList();
            if (!known.isEmpty()) {
                MessageSource message = message(crypto, sct, leaf, issuer);
                boolean verifies = known.stream().anyMatch(log -> isBy(crypto, log, sct, message));
                if (!verifies) {
                    throw Refusal.violated(
                            SignatureFault.SCT,
                            "an SCT of the certificate log " + known.get(0).name() + " does not verify");
                }
                found.add(sct.log);
            }
        }
        return found;
    }

    private static boolean isBy(Crypto crypto, TrustedLog log, Sct sct, MessageSource message) {
        int algorithm = log.key().kind() == VerificationKey.Kind.RSA ? 1 : 3;
        return sct.signatureAlgorithm == algorithm
                && sct.time >= 0
                && log.holds(Instant.ofEpochMilli(sct.time))
                && log.key().verifies(crypto, message, sct.signature.array());
    }

    private static MessageSource message(Crypto crypto, Sct sct, Certificate leaf, Certificate issuer) {
        byte[] precertificate = withoutScts(leaf);
        ByteBuffer lengthOfCertificate = ByteBuffer.allocate(4).putInt(precertificate.length);
        return MessageSource.of(
                new byte[] {0, 0},
                ByteBuffer.allocate(8).putLong(sct.time).array(),
                PRECERTIFICATE,
                issuer.key().hash(crypto),
                bytes(lengthOfCertificate.position(1)),
                precertificate,
                ByteBuffer.allocate(2).putShort((short) sct.extensions.length()).array(),
                sct.extensions.array());
    }

    /** {@return what the log saw: the certificate's content before the timestamps were put into it} */
    private static byte[] withoutScts(Certificate leaf) {
        List<byte[]> parts = new ArrayList<>();
        Der content = leaf.toBeSigned().inside();
        while (content.hasNext()) {
            DerElement part = content.next();
            parts.add(part.tag() == Der.explicit(3) ? extensionsWithoutScts(part) : part.encoded());
        }
        return DerWriter.element(Der.SEQUENCE, parts.toArray(byte[][]::new));
    }

    private static byte[] extensionsWithoutScts(DerElement extensions) {
        List<byte[]> kept = new ArrayList<>();
        Der list = extensions.inside().next(Der.SEQUENCE).inside();
        while (list.hasNext()) {
            DerElement extension = list.next();
            if (!extension.inside().next(Der.OID).oid().equals(OID)) {
                kept.add(extension.encoded());
            }
        }
        return DerWriter.element(Der.explicit(3), DerWriter.element(Der.SEQUENCE, kept.toArray(byte[][]::new)));
    }
}
