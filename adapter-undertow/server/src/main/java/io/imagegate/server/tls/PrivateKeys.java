package io.imagegate.server.tls;

import io.imagegate.certificate.Pem;
import io.imagegate.follow.FileContents.Content;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads private keys by the platform's key factories, which know PKCS #8 alone: the older forms for RSA (PKCS #1) and EC
 * (SEC 1) are put into it.
 */
final class PrivateKeys {

    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA", "RSASSA-PSS");

    private static final int LONGEST_MODULUS = 16_384;

    private static final byte[] VERSION = {2, 1, 0};
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int PARAMETERS = 0xa0;
    private static final int IDENTIFIER = 0x06;

    private PrivateKeys() {}

    /** {@return the first private key that is not encrypted} */
    static PrivateKey read(Content pem) {
        byte[] curve = {};
        try {
            for (Pem block : Pem.find(TlsFiles.readable(pem))) {
                switch (block.label()) {
                    case "EC PARAMETERS" -> curve = block.content();
                    case "PRIVATE KEY" -> {
                        return key(block.content());
                    }
                    case "RSA PRIVATE KEY" -> {
                        return key(wrapped(RSA, block.content()));
                    }
                    case "EC PRIVATE KEY" -> {
                        byte[] key = block.content();
                        return key(wrapped(join(EC, curve(key, curve)), key));
                    }
                    default -> {}
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException | BufferUnderflowException malformed) {
            throw new TlsProblem(
                    pem.file() + ": expected a PEM private key for RSA, EC or EdDSA: " + malformed.getMessage(),
                    malformed);
        }
        throw new TlsProblem(pem.file() + ": expected a PEM private key that is not encrypted, found none");
    }

    private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return bounded(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
            } catch (InvalidKeySpecException e) {
                // It is of another algorithm.
            }
        }
        throw new InvalidKeySpecException("malformed, or of another algorithm");
    }

    /** Signing with numbers longer than those of any real key would take hours. */
    private static PrivateKey bounded(PrivateKey key) {
        if (key instanceof RSAPrivateKey rsa) {
            int modulus = rsa.getModulus().bitLength();
            Stream<BigInteger> others = rsa instanceof RSAPrivateCrtKey parts
                    ? Stream.of(
                            parts.getPrivateExponent(),
                            parts.getPrimeP(),
                            parts.getPrimeQ(),
                            parts.getPrimeExponentP(),
                            parts.getPrimeExponentQ(),
                            parts.getCrtCoefficient())
                    : Stream.of(rsa.getPrivateExponent());
            if (modulus > LONGEST_MODULUS || others.anyMatch(number -> number.bitLength() > modulus)) {
                throw new IllegalArgumentException("an RSA key has a modulus of at most " + LONGEST_MODULUS
                        + " bits, and no number that is longer than it");
            }
        }
        return key;
    }

    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, join(VERSION, element(SEQUENCE, algorithm), element(OCTETS, key)));
    }

    /** {@return the identifier of the curve: in the key itself, or in the block before it, as openssl writes it} */
    private static byte[] curve(byte[] key, byte[] before) {
        ByteBuffer parts = content(ByteBuffer.wrap(key));
        content(parts);
        content(parts);
        if (parts.hasRemaining() && (parts.get(parts.position()) & 0xff) == PARAMETERS) {
            ByteBuffer inside = content(parts);
            byte[] curve = new byte[inside.remaining()];
            inside.get(curve);
            return curve;
        }
        if (before.length == 0 || before[0] != IDENTIFIER) {
            throw new IllegalArgumentException("the key names no curve");
        }
        return before;
    }

    /** {@return the content of the next element, which is skipped} */
    private static ByteBuffer content(ByteBuffer in) {
        in.get();
        int length = in.get() & 0xff;
        if (length > 0x7f) {
            int bytes = length & 0x7f;
            length = 0;
            for (int i = 0; i < bytes && i < 4; i++) {
                length = (length << 8) | (in.get() & 0xff);
            }
        }
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("an element is longer than the key");
        }
        ByteBuffer content = in.slice(in.position(), length);
        in.position(in.position() + length);
        return content;
    }

    private static byte[] element(int tag, byte[] content) {
        int length = content.length;
        if (length > 0xffff) {
            throw new IllegalArgumentException("longer than any key");
        }
        // Strict readers want the shortest form of a length.
        byte[] head = {(byte) tag, (byte) length};
        if (length > 0xff) {
            head = new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        } else if (length > 0x7f) {
            head = new byte[] {(byte) tag, (byte) 0x81, (byte) length};
        }
        return join(head, content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
