package io.imagegate.signature;

import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;

/** A signature algorithm of an installed provider. */
class DelegatingSignature extends SignatureSpi {

    private final Signature installed;

    DelegatingSignature(Signature installed) {
        this.installed = installed;
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
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
        installed.initSign(key);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
        return installed.sign();
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
