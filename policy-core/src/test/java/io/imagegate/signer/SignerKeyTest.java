package io.imagegate.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A key of a signer")
class SignerKeyTest {

    private static PublicKey ec(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair().getPublic();
    }

    /** Nobody knows its private key, whose generation takes seconds. */
    private static PublicKey rsa(int bits) throws GeneralSecurityException {
        BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, RSAKeyGenParameterSpec.F4));
    }

    @Test
    @DisplayName("is of one of the kinds that sign")
    void kinds() throws GeneralSecurityException {
        for (PublicKey key : List.of(
                ec("secp256r1"),
                ec("secp384r1"),
                ec("secp521r1"),
                rsa(2_048),
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic())) {
            assertThat(SigningKey.of(key).publicKey()).isEqualTo(key);
        }
    }

    @Test
    @DisplayName("is refused if it is of another kind or too small")
    void mistakes() throws GeneralSecurityException {
        PublicKey small = rsa(1_024);
        PublicKey other =
                KeyPairGenerator.getInstance("Ed448").generateKeyPair().getPublic();
        PublicKey agreement =
                KeyPairGenerator.getInstance("X25519").generateKeyPair().getPublic();
        assertThatThrownBy(() -> SigningKey.of(small)).hasMessage("an RSA key of 1024 bits, expected 2048 to 16384");
        assertThatThrownBy(() -> SigningKey.of(other)).hasMessageContaining("expected ECDSA on P-256, P-384 or P-521");
        assertThatThrownBy(() -> SigningKey.of(agreement)).hasMessageContaining("expected ECDSA on P-256");
    }

    @Test
    @DisplayName("is one key, however a file encodes it")
    void encodings() throws GeneralSecurityException {
        PublicKey key = rsa(2_048);
        byte[] encoded = key.getEncoded();
        // The algorithm of RSA keys may have no parameters instead of NULL: two bytes less, and two lengths.
        byte[] shorter = new byte[encoded.length - 2];
        System.arraycopy(encoded, 0, shorter, 0, 17);
        System.arraycopy(encoded, 19, shorter, 17, encoded.length - 19);
        shorter[3] = (byte) (shorter[3] - 2);
        shorter[5] = (byte) (shorter[5] - 2);
        PublicKey same = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(shorter));
        assertThat(SigningKey.of(same)).isEqualTo(SigningKey.of(key));
        assertThat(SigningKey.of(same).publicKey().getEncoded()).isEqualTo(encoded);
    }

    @Test
    @DisplayName("is part of its signer's identity, with its end")
    void identity() throws GeneralSecurityException {
        SigningKey key = SigningKey.of(ec("secp256r1"));
        SigningKey other = SigningKey.of(ec("secp256r1"));
        String identity = signer("a", key).identity();
        assertThat(signer("b", key).identity()).isEqualTo(identity);
        assertThat(signer("a", key.withNotAfter(Instant.EPOCH)).identity()).isNotEqualTo(identity);
        assertThat(signer("a", other).identity()).isNotEqualTo(identity);
        assertThat(signer("a", key, other).identity())
                .isEqualTo(signer("a", other, key).identity())
                .isNotEqualTo(identity);
        Trust trust = Trust.of("t", "{}");
        String trusted = new KeySigner("a", List.of(key), Optional.of(trust)).identity();
        assertThat(trusted).isNotEqualTo(identity);
        for (Trust changed : List.of(Trust.of("t", "{ }"), trust.withRequired(2, 0, 1), trust.withRequired(1, 1, 1))) {
            assertThat(new KeySigner("a", List.of(key), Optional.of(changed)).identity())
                    .isNotEqualTo(trusted);
        }
        assertThat(new KeySigner("a", List.of(key), Optional.of(Trust.of("other", "{}"))).identity())
                .isEqualTo(trusted);
    }

    private static Signer signer(String name, SigningKey... keys) {
        return new KeySigner(name, List.of(keys), Optional.empty());
    }
}
