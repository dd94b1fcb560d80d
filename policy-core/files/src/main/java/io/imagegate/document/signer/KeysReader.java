package io.imagegate.document.signer;

import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.SigningKey;
import io.imagegate.signer.Trust;
import java.time.Instant;
import java.util.Optional;

/** Reads signers with keys; their trust stands beside the list of keys. */
final class KeysReader {

    private final PemReader pem;
    private final TrustReader trusts;

    KeysReader(PemReader pem, TrustReader trusts) {
        this.pem = pem;
        this.trusts = trusts;
    }

    Optional<KeySigner> read(String name, YamlNode list, Fields beside) {
        Optional<Trust> trust = beside.get("trust").flatMap(trusts::other);
        return list.list(item -> PemReader.fields(item, "notAfter").flatMap(this::key))
                .map(keys -> new KeySigner(name, keys, trust));
    }

    private Optional<SigningKey> key(Fields fields) {
        Optional<SigningKey> key = pem.read(fields, SigningKey::read);
        Optional<Instant> notAfter = fields.get("notAfter").flatMap(SignerReader::last);
        return key.map(k -> notAfter.map(k::withNotAfter).orElse(k));
    }
}
