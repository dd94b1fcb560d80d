package io.imagegate.bench;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The signatures that a program verified and the hashes that it made, to be done again without the program: a provider of
 * cryptography that is asked before all others and passes everything on to those of the JDK.
 */
final class RecordedVerifications {

    /**
     * A signature that was verified.
     *
     * @param algorithm in Java's name
     * @param key the public key
     * @param message what is signed
     * @param signature the signature
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Verified(String algorithm, PublicKey key, byte[] message, byte[] signature) {}

    /**
     * A hash that was made, not as a part of a verification.
     *
     * @param algorithm in Java's name
     * @param message what was hashed
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Hashed(String algorithm, byte[] message) {}

    private final List<Verified> verified = new ArrayList<>();
    private final List<Hashed> hashed = new ArrayList<>();
    private boolean inside;

    private RecordedVerifications() {}

    /** Runs a program twice, and records what it does the second time: what it keeps is not verified again then. */
    static RecordedVerifications of(Runnable program) {
        program.run();
        RecordedVerifications recorded = new RecordedVerifications();
        Recorder recorder = recorded.new Recorder();
        Security.insertProviderAt(recorder, 1);
        try {
            program.run();
        } finally {
            Security.removeProvider(recorder.getName());
        }
        return recorded;
    }

    /** {@return how many signatures were verified} */
    int signatures() {
        return verified.size();
    }

    /** Does it all again; {@return the number of signatures that verify} */
    int repeat() {
        try {
            int good = 0;
            for (Hashed one : hashed) {
                good += MessageDigest.getInstance(one.algorithm).digest(one.message).length == 0 ? 1 : 0;
            }
            for (Verified one : verified) {
                Signature signature = Signature.getInstance(one.algorithm);
                signature.initVerify(one.key);
                signature.update(one.message);
                good += signature.verify(one.signature) ? 1 : 0;
            }
            return good;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return verified.stream().map(Verified::algorithm).sorted().toList() + " and " + hashed.size() + " hashes";
    }

    private final class Recorder extends Provider {

        private static final long serialVersionUID = 1L;

        Recorder() {
            super("Recorder", "1", "records verifications");
            for (String algorithm : List.of("SHA256withECDSA", "SHA384withECDSA", "NONEwithECDSA", "SHA256withRSA")) {
                Provider jdk = owner("Signature", algorithm);
                putService(new Service(this, "Signature", algorithm, "none", List.of(), Map.of()) {
                    @Override
                    public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
                        // Signatures of the JDK ask for their hash when they are made.
                        inside = true;
                        try {
                            return new RecordedSignature(Signature.getInstance(algorithm, jdk));
                        } finally {
                            inside = false;
                        }
                    }
                });
            }
            for (String algorithm : List.of("SHA-256", "SHA-384", "SHA-512")) {
                Provider jdk = owner("MessageDigest", algorithm);
                putService(new Service(this, "MessageDigest", algorithm, "none", List.of(), Map.of()) {
                    @Override
                    public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
                        return new RecordedDigest(MessageDigest.getInstance(algorithm, jdk), inside);
                    }
                });
            }
        }
    }

    private static Provider owner(String type, String algorithm) {
        Provider[] owners = Security.getProviders(type + "." + algorithm);
        // The last one is the JDK's.
        return owners[owners.length - 1];
    }

    private final class RecordedSignature extends SignatureSpi {

        private final Signature jdk;
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private @Nullable PublicKey key;

        RecordedSignature(Signature jdk) {
            this.jdk = jdk;
        }

        @Override
        protected void engineInitVerify(PublicKey given) throws InvalidKeyException {
            inside = true;
            try {
                jdk.initVerify(given);
            } finally {
                inside = false;
            }
            key = given;
            message.reset();
        }

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) {
            message.write(bytes, offset, length);
        }

        @Override
        protected void engineUpdate(byte one) {
            message.write(one);
        }

        @Override
        protected boolean engineVerify(byte[] signature) throws SignatureException {
            inside = true;
            try {
                jdk.update(message.toByteArray());
                boolean good = jdk.verify(signature);
                if (key != null) {
                    verified.add(new Verified(jdk.getAlgorithm(), key, message.toByteArray(), signature.clone()));
                }
                return good;
            } finally {
                inside = false;
            }
        }

        @Override
        protected void engineInitSign(PrivateKey given) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected byte[] engineSign() {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException();
        }
    }

    private final class RecordedDigest extends MessageDigestSpi {

        private final MessageDigest jdk;
        private final boolean part;
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();

        /** @param part whether it is a part of a verification */
        RecordedDigest(MessageDigest jdk, boolean part) {
            this.jdk = jdk;
            this.part = part;
        }

        @Override
        protected int engineGetDigestLength() {
            return jdk.getDigestLength();
        }

        @Override
        protected void engineUpdate(byte one) {
            message.write(one);
        }

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) {
            message.write(bytes, offset, length);
        }

        @Override
        protected byte[] engineDigest() {
            byte[] all = message.toByteArray();
            if (!part) {
                hashed.add(new Hashed(jdk.getAlgorithm(), all));
            }
            message.reset();
            return jdk.digest(all);
        }

        @Override
        protected void engineReset() {
            message.reset();
        }
    }
}
