package io.imagegate.cli.option;

import io.imagegate.follow.RegularFile;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ReferenceSyntaxException;
import io.imagegate.signature.Artifact;
import io.imagegate.signature.StoredSignature;
import io.imagegate.signature.Verifier;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.PemFile;
import io.imagegate.signer.Signer;
import io.imagegate.signer.SigningKey;
import io.imagegate.signer.Trust;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files that say whose signatures count. Commands use {@code policy-signature} through this class, so nothing of that
 * module is loaded by commands that verify nothing.
 *
 * @param key file of a public key; null for a keyless signer, and for nobody
 * @param identity pattern of a keyless signer's identity
 * @param issuer issuer of that identity
 * @param root file of the trusted root
 * @param notationRoots files of the roots of a Notation signer; empty for others
 * @param notationIdentities what the subject of its certificate must have, one of them
 */
public record SignerFiles(
        @Nullable Path key,
        @Nullable String identity,
        @Nullable String issuer,
        @Nullable Path root,
        List<Path> notationRoots,
        List<String> notationIdentities) {

    /** As long as an attestation may be in a registry, and the rest of a bundle. */
    private static final int LONGEST_BUNDLE = 32 << 20;

    private static final int LONGEST_ARTIFACT = 64 << 20;
    private static final int LONGEST_SETTING = 1 << 20;

    /** {@return whether nobody is named} */
    boolean isEmpty() {
        return key == null && identity == null && notationRoots.isEmpty();
    }

    /** {@return whether entries of logs are verified, if there may be any} */
    public boolean hasLogs() {
        return root != null || !notationRoots.isEmpty();
    }

    /** {@return the signer, of whom there must be one} */
    public Signer signer() {
        try {
            Signer signer = notationRoots.isEmpty() ? key == null ? keyless() : keys(key) : notation();
            Verifier.create().requireUsable(signer);
            return signer;
        } catch (IllegalArgumentException wrong) {
            throw new CommandProblem(String.valueOf(wrong.getMessage()));
        }
    }

    private Signer keys(Path file) {
        KeySigner signer = Signer.keys("--key", List.of(setting(file, SigningKey::read)));
        return root == null ? signer : signer.withTrust(trust(root));
    }

    private Signer keyless() {
        return Signer.keyless(
                "--certificate-identity",
                trust(Objects.requireNonNull(root)),
                Objects.requireNonNull(issuer),
                Objects.requireNonNull(identity));
    }

    private Signer notation() {
        List<X509Certificate> roots = notationRoots.stream()
                .flatMap(file -> setting(file, PemFile::certificates).stream())
                .toList();
        try {
            return Signer.notation("--notation-root", roots, notationIdentities.toArray(String[]::new));
        } catch (IllegalArgumentException wrong) {
            throw new CommandProblem("--notation-identity: " + wrong.getMessage());
        }
    }

    private static Trust trust(Path file) {
        return Trust.of("--trusted-root", setting(file, text -> {
            Verifier.requireTrustedRoot(text);
            return text;
        }));
    }

    private interface Reader<T> {
        T read(String content);
    }

    private static <T> T setting(Path file, Reader<T> reader) {
        try {
            byte[] content = bytes(file, LONGEST_SETTING);
            return reader.read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString());
        } catch (CharacterCodingException wrong) {
            throw new CommandProblem(file + ": expected text in UTF-8");
        } catch (IllegalArgumentException wrong) {
            throw new CommandProblem(file + ": " + wrong.getMessage());
        }
    }

    private static byte[] bytes(Path file, int limit) {
        try {
            return RegularFile.read(file, limit);
        } catch (IOException unreadable) {
            throw new CommandProblem(file + ": " + unreadable.getMessage());
        }
    }

    public static StoredSignature bundle(Path file) {
        return StoredSignature.bundle(bytes(file, LONGEST_BUNDLE));
    }

    /** {@return what must have been signed} */
    public static Artifact artifact(String fileOrDigest) {
        try {
            return Artifact.of(Digest.parse(fileOrDigest));
        } catch (ReferenceSyntaxException noDigest) {
            return Artifact.of(content(fileOrDigest, String.valueOf(noDigest.getMessage())));
        }
    }

    private static byte[] content(String file, String noDigest) {
        try {
            return RegularFile.read(Path.of(file), LONGEST_ARTIFACT);
        } catch (IOException | InvalidPathException unreadable) {
            String why = String.valueOf(unreadable.getMessage());
            boolean digest = file.contains(":");
            throw new CommandProblem(file + ": " + why
                    + (digest ? "; and no digest: " + noDigest : "; a digest is written as sha256:HEX"));
        }
    }
}
