package io.imagegate.signature.format;

import io.imagegate.reference.Digest;
import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.HashAlgorithm;
import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.encoding.Hex;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.SignatureFault;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is known of the artifact that must have been signed: its digest, or its content. Immutable. */
public final class KnownArtifact {

    private final @Nullable Digest digest;
    private final byte[] content;
    private final @Nullable Target target;

    /** What a manifest is beside its digest. */
    private record Target(String mediaType, long size) {}

    private KnownArtifact(@Nullable Digest digest, byte[] content, @Nullable Target target) {
        this.digest = digest;
        this.content = content;
        this.target = target;
    }

    /** {@return an artifact of which only the digest is known} */
    public static KnownArtifact of(Digest digest) {
        return new KnownArtifact(digest, new byte[0], null);
    }

    /** {@return an artifact that is a manifest or an index} */
    public static KnownArtifact manifest(Digest digest, String mediaType, long size) {
        return new KnownArtifact(digest, new byte[0], new Target(mediaType, size));
    }

    /** {@return an artifact by its bytes, which must not change} */
    public static KnownArtifact of(byte[] content) {
        return new KnownArtifact(null, content, null);
    }

    /** {@return whether this has a digest} A digest by another algorithm than the known one is another digest. */
    public boolean has(Crypto crypto, HashAlgorithm hash, String hex) {
        return Arrays.equals(digest(crypto, hash), Hex.decode("the digest", hex));
    }

    /** Refuses what is about anything but this manifest, or if only its digest is known. */
    public void requireManifest(Crypto crypto, String what, String mediaType, String written, long size) {
        int colon = written.indexOf(':');
        boolean same = colon > 0
                && has(crypto, HashAlgorithm.ofDigest(written.substring(0, colon)), written.substring(colon + 1));
        if (!same) {
            throw Refusal.violated(
                    SignatureFault.DIGEST, "the payload is about " + Refusal.shown(written) + ", expected " + this);
        }
        if (target == null) {
            throw Refusal.undecidable(what + " needs the media type and the size of the manifest");
        }
        if (!target.mediaType.equals(mediaType) || target.size != size) {
            throw Refusal.violated(
                    SignatureFault.DIGEST,
                    "the payload is about a manifest of " + size + " bytes of the type " + Refusal.shown(mediaType)
                            + ", expected " + target.size + " bytes of the type " + target.mediaType);
        }
    }

    /** {@return the digest; empty if it is known by another algorithm only} */
    public byte[] digest(Crypto crypto, HashAlgorithm hash) {
        if (digest == null) {
            return crypto.digest(hash, content);
        }
        return digest.algorithm().equals(hash.digest()) ? Hex.decode("the digest", digest.hex()) : new byte[0];
    }

    /** {@return the artifact as a message that may be signed itself} */
    public MessageSource message() {
        return digest == null ? MessageSource.of(content) : new DigestOnly(this);
    }

    /** A message of which only a digest is known. */
    private record DigestOnly(KnownArtifact artifact) implements MessageSource {

        @Override
        public void write(Sink sink) {
            throw Refusal.undecidable("the signature needs the content, not only its digest");
        }

        @Override
        public byte[] digest(Crypto crypto, HashAlgorithm hash) {
            return artifact.digest(crypto, hash);
        }

        @Override
        public boolean isComplete() {
            return false;
        }
    }

    /** {@return the digest, or the length of the content, for messages, logs and debuggers} */
    @Override
    public String toString() {
        return digest == null ? "content of " + content.length + " bytes" : digest.toString();
    }
}
