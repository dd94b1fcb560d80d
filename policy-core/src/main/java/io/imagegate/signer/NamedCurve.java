package io.imagegate.signer;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;

/** What makes a curve that curve: its equation, its generator and its order. */
record NamedCurve(EllipticCurve curve, ECPoint generator, BigInteger order) {

    static NamedCurve of(String oid) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(oid));
        return of(parameters.getParameterSpec(ECParameterSpec.class));
    }

    static NamedCurve of(ECParameterSpec spec) {
        return new NamedCurve(spec.getCurve(), spec.getGenerator(), spec.getOrder());
    }
}
