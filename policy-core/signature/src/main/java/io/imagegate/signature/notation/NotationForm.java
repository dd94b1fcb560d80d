package io.imagegate.signature.notation;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.form.Layer;
import io.imagegate.signature.form.SignatureForm;
import io.imagegate.signature.form.SignerKinds;
import io.imagegate.signature.form.Sought;
import io.imagegate.signature.format.KnownArtifact;
import io.imagegate.signature.format.ParsedSignature;
import io.imagegate.signer.NotationSigner;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Signatures of Notation. It has no attestations and no tags: its manifests refer to the image. */
public final class NotationForm implements SignatureForm {

    private static final String ARTIFACT = "application/vnd.cncf.notary.signature";
    private static final String CHAIN = "io.cncf.notary.x509chain.thumbprint#S256";

    private static final SignerKinds SIGNERS = SignerKinds.of(NotationSigner.class, NotationCheck::new);

    @Override
    public String name() {
        return "Notation";
    }

    @Override
    public String layers() {
        return "a signature of Notation";
    }

    @Override
    public List<String> tagSuffixes(Sought sought) {
        return List.of();
    }

    @Override
    public Set<String> mediaTypes(Sought sought) {
        return sought.signatures() ? NotationEnvelope.TYPES : Set.of();
    }

    @Override
    public boolean isIn(String type) {
        return type.equals(ARTIFACT);
    }

    @Override
    public Set<String> hints() {
        return Set.of(CHAIN);
    }

    @Override
    public Likelihood likelihood(Map<String, String> annotations, Sought sought) {
        if (!annotations.containsKey(CHAIN)) {
            return Likelihood.UNKNOWN;
        }
        return sought.attestations() ? Likelihood.UNLIKELY : Likelihood.LIKELY;
    }

    @Override
    public ParsedSignature read(Crypto crypto, KnownArtifact artifact, Layer layer) {
        return new NotationReader(crypto, artifact).read(layer.mediaType(), layer.content());
    }

    @Override
    public SignerKinds signers() {
        return SIGNERS;
    }

    @Override
    public boolean bindsManifest() {
        return true;
    }
}
