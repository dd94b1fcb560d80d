package io.imagegate.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.TestProvider;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Public keys are read in one form, whichever provider reads them. */
class PublicKeyInfoTest {

    private static final String P256 = "3059301306072a8648ce3d020106082a8648ce3d030107034200";

    private static byte[] key(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair().getPublic().getEncoded();
    }

    private static PublicKey read(byte[] info) throws GeneralSecurityException {
        return X509Reader.INSTALLED.publicKey("EC", info);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    @DisplayName("a point without compression is read, and nothing may follow it")
    void canonical(String curve) throws GeneralSecurityException {
        byte[] info = key(curve);
        assertThat(PublicKeyInfo.isSound(read(info))).isTrue();
        assertThat(read(info).getEncoded()).isEqualTo(info);
        assertThatThrownBy(() -> read(Arrays.copyOf(info, info.length + 1)))
                .isInstanceOf(InvalidKeySpecException.class);
    }

    @Test
    @DisplayName("a compressed point is refused, whether or not a provider reads it")
    void compressed() throws GeneralSecurityException {
        byte[] info = key("secp256r1");
        String point = HexFormat.of().formatHex(info).substring(P256.length() + 2);
        String parity = (Character.digit(point.charAt(127), 16) & 1) == 0 ? "02" : "03";
        byte[] compressed = HexFormat.of()
                .parseHex("3039301306072a8648ce3d020106082a8648ce3d030107032200" + parity + point.substring(0, 64));
        assertThatThrownBy(() -> read(compressed)).isInstanceOf(InvalidKeySpecException.class);
        assertThat(X509Reader.INSTALLED.publicKey(compressed)).isEmpty();
        assertThat(X509Reader.INSTALLED.publicKey(info)).isPresent();
    }

    @Test
    @DisplayName("a point beside its curve is not sound")
    void besideTheCurve() throws GeneralSecurityException {
        byte[] info = key("secp256r1");
        info[info.length - 1] ^= 1;
        assertThat(PublicKeyInfo.isSound(read(info))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"3, true", "65537, true", "4294967297, true", "8589934593, false", "1, false", "65536, false"})
    @DisplayName("an exponent of RSA is odd, from 3 up to 33 bits")
    void exponents(long exponent, boolean sound) {
        assertThat(PublicKeyInfo.isSound(new Numbers(exponent))).isEqualTo(sound);
    }

    @Test
    @DisplayName("the provider of these tests reads keys and verifies signatures")
    void provider() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        Signature signature = Signature.getInstance("SHA256withECDSA");
        PublicKey key = read(key("secp256r1"));
        signature.initVerify(key);
        assertThat(key).isInstanceOf(ECPublicKey.class);
        String expected = TestProvider.isWanted() ? TestProvider.NAME : "SunEC";
        assertThat(signature.getProvider().getName()).isEqualTo(expected);
        assertThat(generator.getProvider().getName()).isEqualTo(expected);
    }

    /** A key of RSA. */
    private static final class Numbers implements RSAPublicKey {

        private static final long serialVersionUID = 1L;
        private final long exponent;

        Numbers(long exponent) {
            this.exponent = exponent;
        }

        @Override
        public BigInteger getPublicExponent() {
            return BigInteger.valueOf(exponent);
        }

        @Override
        public BigInteger getModulus() {
            return BigInteger.ONE.shiftLeft(2_047).setBit(0);
        }

        @Override
        public String getAlgorithm() {
            return "RSA";
        }

        @Override
        public String getFormat() {
            return "X.509";
        }

        @Override
        public byte[] getEncoded() {
            return new byte[0];
        }
    }
}
