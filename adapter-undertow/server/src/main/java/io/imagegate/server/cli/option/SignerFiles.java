package io.imagegate.server.cli.option;

import io.imagegate.reference.Digest;
import io.imagegate.reference.ReferenceSyntaxException;
import io.imagegate.server.tls.RegularFile;
import io.imagegate.signature.Artifact;
import io.imagegate.signature.StoredSignature;
import io.imagegate.signature.NotationSignerBuilder;
import io.imagegate.signature.Signer;
import io.imagegate.signature.SigningKey;
import io.imagegate.signature.Trust;
import io.imagegate.signature.TrustedRoot;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
        if (!notationRoots.isEmpty()) {
            return notation();
        }
        if (key != null) {
            List<SigningKey> keys = List.of(setting(key, SigningKey::read));
            return root == null ? Signer.keys(keys) : Signer.keys(keys, trust(root));
        }
        try {
            return Signer.keyless(
                    trust(Objects.requireNonNull(root)),
                    Objects.requireNonNull(issuer),
                    Objects.requireNonNull(identity),
                    Map.of());
        } catch (IllegalArgumentException wrong) {
            throw new CommandProblem(String.valueOf(wrong.getMessage()));
        }
    }

    private Signer notation() {
        List<byte[]> roots = notationRoots.stream()
                .map(file -> setting(file, SignerFiles::checkedRoots))
                .toList();
        NotationSignerBuilder signer = Signer.notation(roots);
        try {
            notationIdentities.forEach(signer::identity);
        } catch (IllegalArgumentException wrong) {
            throw new CommandProblem("--notation-identity: " + wrong.getMessage());
        }
        return signer.build();
    }

    /** A mistake is told with the name of its file. */
    private static byte[] checkedRoots(byte[] content) {
        NotationSignerBuilder unused = Signer.notation(List.of(content));
        return content;
    }

    private static Trust trust(Path file) {
        return Trust.of(setting(file, TrustedRoot::read));
    }

    private interface Reader<T> {
        T read(byte[] content);
    }

    private static <T> T setting(Path file, Reader<T> reader) {
        try {
            return reader.read(bytes(file, LONGEST_SETTING));
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
