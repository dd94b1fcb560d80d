package io.imagegate.signature.cosign;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.form.Layer;
import io.imagegate.signature.form.SignatureForm;
import io.imagegate.signature.form.SignerKinds;
import io.imagegate.signature.form.Sought;
import io.imagegate.signature.format.KnownArtifact;
import io.imagegate.signature.format.ParsedSignature;
import io.imagegate.signer.CertificateSigner;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.KeylessSigner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Signatures and attestations of cosign: bundles, as cosign 3 writes them, and payloads of simple signing and envelopes with
 * everything about them in annotations, as cosign 2 does.
 */
public final class CosignForm implements SignatureForm {

    private static final String TYPE = "dev.sigstore.bundle.predicateType";

    private static final SignerKinds SIGNERS = SignerKinds.of(KeySigner.class, KeyCheck::new)
            .and(KeylessSigner.class, KeylessCheck::new)
            .and(CertificateSigner.class, CertificateCheck::new);

    @Override
    public String name() {
        return "cosign";
    }

    @Override
    public String layers() {
        return "a bundle, simple signing, an envelope";
    }

    @Override
    public List<String> tagSuffixes(Sought sought) {
        List<String> suffixes = new ArrayList<>();
        if (sought.signatures()) {
            suffixes.add(".sig");
        }
        if (sought.attestations()) {
            suffixes.add(".att");
        }
        return suffixes;
    }

    @Override
    public Set<String> mediaTypes(Sought sought) {
        Set<String> types = new HashSet<>(BundleReader.TYPES);
        if (sought.signatures()) {
            types.add(LayerReader.SIMPLE_SIGNING);
        }
        if (sought.attestations()) {
            types.add(LayerReader.ENVELOPE);
        }
        return types;
    }

    @Override
    public boolean isIn(String type) {
        return true;
    }

    @Override
    public Set<String> hints() {
        return Set.of(TYPE);
    }

    @Override
    public Likelihood likelihood(Map<String, String> annotations, Sought sought) {
        String type = annotations.get(TYPE);
        if (type == null) {
            return Likelihood.UNKNOWN;
        }
        return type.equals(sought.predicateType()) ? Likelihood.LIKELY : Likelihood.UNLIKELY;
    }

    @Override
    public ParsedSignature read(Crypto crypto, KnownArtifact artifact, Layer layer) {
        return switch (layer.mediaType()) {
            case LayerReader.SIMPLE_SIGNING ->
                new LayerReader(crypto, artifact, layer.annotations()).simpleSigning(layer.content());
            case LayerReader.ENVELOPE ->
                new LayerReader(crypto, artifact, layer.annotations()).attestation(layer.content());
            default -> new BundleReader(crypto, artifact).read(layer.content());
        };
    }

    @Override
    public SignerKinds signers() {
        return SIGNERS;
    }

    @Override
    public boolean bindsManifest() {
        return false;
    }
}
