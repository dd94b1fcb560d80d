package io.imagegate.signature.cosign;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.form.Layer;
import io.imagegate.signature.form.SignatureForm;
import io.imagegate.signature.form.Sought;
import io.imagegate.signature.format.KnownArtifact;
import io.imagegate.signature.format.ParsedSignature;
import io.imagegate.signature.proof.SignerCheck;
import io.imagegate.signer.CertificateSigner;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.KeylessSigner;
import io.imagegate.signer.Signer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Signatures and attestations of cosign: bundles, as cosign 3 writes them, and payloads of simple signing and envelopes with
 * everything about them in annotations, as cosign 2 does.
 */
public final class CosignForm implements SignatureForm {

    private static final String TYPE = "dev.sigstore.bundle.predicateType";

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
    public Optional<SignerCheck> check(Signer signer) {
        if (signer instanceof KeySigner keys) {
            return Optional.of(new KeyCheck(keys));
        }
        if (signer instanceof KeylessSigner keyless) {
            return Optional.of(new KeylessCheck(keyless));
        }
        return signer instanceof CertificateSigner office
                ? Optional.of(new CertificateCheck(office))
                : Optional.empty();
    }

    @Override
    public boolean bindsManifest() {
        return false;
    }
}
