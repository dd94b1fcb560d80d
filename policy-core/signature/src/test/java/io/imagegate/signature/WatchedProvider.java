package io.imagegate.signature;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A provider with one signature algorithm, which another provider makes, and what was asked of it. */
final class WatchedProvider extends Provider {

    private static final long serialVersionUID = 1L;

    final transient List<String> used = new CopyOnWriteArrayList<>();

    WatchedProvider() {
        super("Watched", "1", "for tests");
        putService(new Service(this, "Signature", "SHA256withECDSA", "none", List.of(), Map.of()) {
            @Override
            public Object newInstance(Object parameter) {
                used.add(getType() + " " + getAlgorithm());
                return new Delegate();
            }
        });
    }

    /** The algorithm of an installed provider. */
    private static final class Delegate extends SignatureSpi {

        private final Signature installed;

        Delegate() {
            try {
                installed = Signature.getInstance("SHA256withECDSA");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
            installed.initVerify(key);
        }

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) throws SignatureException {
            installed.update(bytes, offset, length);
        }

        @Override
        protected void engineUpdate(byte one) throws SignatureException {
            installed.update(one);
        }

        @Override
        protected boolean engineVerify(byte[] signature) throws SignatureException {
            return installed.verify(signature);
        }

        @Override
        protected void engineInitSign(PrivateKey key) {
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
}
