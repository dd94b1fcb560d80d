package io.imagegate.signature.search;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.crypto.SignedMessage;
import io.imagegate.signature.crypto.VerificationKey;
import io.imagegate.signature.encoding.Base64Text;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.form.Layer;
import io.imagegate.signature.form.SignatureForm;
import io.imagegate.signature.form.SignerKinds;
import io.imagegate.signature.form.Sought;
import io.imagegate.signature.format.Content;
import io.imagegate.signature.format.KnownArtifact;
import io.imagegate.signature.format.Material;
import io.imagegate.signature.format.ParsedSignature;
import io.imagegate.signature.proof.Proof;
import io.imagegate.signature.proof.SignerCheck;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A made-up form: a layer is the line "type digest size", signed with a key; the signature is an annotation. */
final class ExampleForm implements SignatureForm {

    static final String TYPE = "application/vnd.example.signature";
    static final String SIGNATURE = "com.example.signature";

    @Override
    public String name() {
        return "Example";
    }

    @Override
    public String layers() {
        return "an example";
    }

    @Override
    public List<String> tagSuffixes(Sought sought) {
        return sought.signatures() ? List.of(".example") : List.of();
    }

    @Override
    public Set<String> mediaTypes(Sought sought) {
        return sought.signatures() ? Set.of(TYPE) : Set.of();
    }

    @Override
    public boolean isIn(String type) {
        return true;
    }

    @Override
    public Set<String> hints() {
        return Set.of(SIGNATURE);
    }

    @Override
    public Likelihood likelihood(Map<String, String> annotations, Sought sought) {
        return annotations.containsKey(SIGNATURE) ? Likelihood.LIKELY : Likelihood.UNKNOWN;
    }

    @Override
    public ParsedSignature read(Crypto crypto, KnownArtifact artifact, Layer layer) {
        byte[] signature =
                Base64Text.decode("the signature", layer.annotations().getOrDefault(SIGNATURE, ""));
        return ParsedSignature.of(
                new SignedMessage(MessageSource.of(layer.content()), Optional.empty()),
                Bytes.of(signature),
                Material.key(""),
                List.of(),
                List.of(),
                MessageSource.of(signature),
                () -> content(crypto, artifact, new String(layer.content(), StandardCharsets.UTF_8)));
    }

    private static Content content(Crypto crypto, KnownArtifact artifact, String line) {
        String[] parts = line.split(" ", -1);
        artifact.requireManifest(crypto, "an example", parts[0], parts[1], Long.parseLong(parts[2]));
        return Content.imageSignature("Example", Map.of());
    }

    @Override
    public SignerKinds signers() {
        return SignerKinds.of(KeySigner.class, keys -> check(keys.keys().get(0)));
    }

    private static SignerCheck check(SigningKey key) {
        VerificationKey read = VerificationKey.read("the key", key.publicKey().getEncoded());
        return verification -> {
            if (!verification.isBy(read)) {
                throw Refusal.violated(SignatureFault.SIGNATURE, "signed with another key, expected " + key);
            }
            return new Proof(
                    Signatory.key(key.fingerprint()),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    key.fingerprint());
        };
    }

    @Override
    public boolean bindsManifest() {
        return true;
    }
}
