package io.imagegate.cli.option;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say whose signatures count, shared by {@code verify}, {@code verify-bundle} and {@code inspect}. */
public class SignerOptions {

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Public key of the signer, such as cosign.pub. Log entries are verified only with"
                    + " --trusted-root.")
    private @Nullable Path key;

    @Option(
            names = "--certificate-identity",
            paramLabel = "ID",
            description = "Identity of a keyless signer, for which --trusted-root is needed: a text or a pattern, in"
                    + " which * stands for any characters but slashes and ** for any.")
    private @Nullable String identity;

    @Option(
            names = "--certificate-oidc-issuer",
            paramLabel = "URL",
            description = "Issuer of that identity; compared exactly.")
    private @Nullable String issuer;

    @Option(
            names = "--trusted-root",
            paramLabel = "FILE",
            description = "trusted_root.json with the logs and authorities of a sigstore. One log entry must verify.")
    private @Nullable Path root;

    /** {@return who must have signed} */
    public SignerFiles required() {
        SignerFiles files = optional();
        if (files.isEmpty()) {
            throw new CommandProblem("nobody is named whose signature counts, expected " + expected());
        }
        return files;
    }

    /** {@return the options that name somebody} */
    String expected() {
        return "--key FILE, or --certificate-identity ID and --certificate-oidc-issuer URL";
    }

    /** {@return who must have signed, or nobody} */
    public SignerFiles optional() {
        boolean keyless = identity != null || issuer != null;
        if (key != null && keyless) {
            throw new CommandProblem("expected either --key or --certificate-identity, got both");
        }
        if (keyless && (identity == null || issuer == null)) {
            throw new CommandProblem("expected --certificate-identity and --certificate-oidc-issuer together");
        }
        if (keyless && root == null) {
            throw new CommandProblem("--certificate-identity needs --trusted-root FILE, the trusted_root.json of the"
                    + " sigstore that issued the certificate");
        }
        if (key == null && !keyless && root != null) {
            throw new CommandProblem("--trusted-root says whose logs count, but not whose signature: expected --key or"
                    + " --certificate-identity beside it");
        }
        return new SignerFiles(key, identity, issuer, root, List.of(), List.of());
    }
}
