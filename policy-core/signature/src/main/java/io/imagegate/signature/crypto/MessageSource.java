package io.imagegate.signature.crypto;

import io.imagegate.signature.encoding.Base64Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** What is signed: bytes that are written when they are needed, or of which only a digest is known. */
public interface MessageSource {

    /** Takes a message in pieces. */
    interface Sink {
        void update(byte[] bytes, int offset, int length) throws GeneralSecurityException;
    }

    /** Writes all bytes. */
    void write(Sink sink) throws GeneralSecurityException;

    /** {@return the hash of all bytes} */
    default byte[] digest(Crypto crypto, HashAlgorithm hash) {
        MessageDigest digest = crypto.digest(hash);
        try {
            write(digest::update);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return digest.digest();
    }

    /** {@return whether the bytes are known, not only a digest} */
    default boolean isComplete() {
        return true;
    }

    /** {@return a message of pieces} */
    static MessageSource of(byte[]... parts) {
        return sink -> {
            for (byte[] part : parts) {
                sink.update(part, 0, part.length);
            }
        };
    }

    /** {@return a message that begins with some bytes and goes on with what a text stands for} */
    static MessageSource of(byte[] begin, Base64Text rest) {
        return sink -> {
            sink.update(begin, 0, begin.length);
            byte[] buffer = new byte[Math.min(rest.length() + 1, 8192)];
            try (InputStream in = rest.open()) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    sink.update(buffer, 0, read);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
