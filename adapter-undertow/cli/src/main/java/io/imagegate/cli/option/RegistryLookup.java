package io.imagegate.cli.option;

import io.imagegate.cli.check.Checker;
import io.imagegate.cli.inspect.Inspection;
import io.imagegate.cli.verify.VerdictText;
import io.imagegate.fact.FactSource;
import io.imagegate.gate.GateException;
import io.imagegate.gate.LiveGate;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.ImageRegistriesException;
import io.imagegate.registry.Registries;
import io.imagegate.registry.layout.ImageLayout;
import io.imagegate.signature.search.Verification;
import io.imagegate.signer.Signer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Looks up the content of images. Nothing else of the command line uses {@code policy-registry}, so nothing of that
 * module is loaded by commands that need no registry.
 */
public final class RegistryLookup {

    private RegistryLookup() {}

    /** Runs a check that looks up content in the registries of a file, or else in each image's own. */
    public static int runOwn(RegistryAccess access, PolicySet policies, ToIntFunction<ImageGate> check) {
        if (access.registries().isPresent()) {
            try (LiveGate gate = open(access.registries().get(), policies)) {
                return check.applyAsInt(gate.gate().withLenientLimit(Checker.FACT_LIMIT));
            }
        }
        try (PerHostRegistries registries = new PerHostRegistries(access)) {
            return check.applyAsInt(ImageGate.of(() -> policies, registries).withLenientLimit(Checker.FACT_LIMIT));
        }
    }

    private static LiveGate open(Path file, PolicySet policies) {
        try {
            return LiveGate.builder().policies(policies).registries(file).open();
        } catch (GateException mistakes) {
            throw new CommandProblem(String.valueOf(mistakes.getMessage()));
        }
    }

    /** {@return what a registry has under the name of an image} */
    public static Inspection inspect(RegistryAccess access, ImageReference image) {
        try (Registries registries = open(access, image)) {
            return Inspection.of(registries, image);
        }
    }

    /** {@return what a registry has under the name of an image, and its signatures} */
    public static Inspection inspect(RegistryAccess access, ImageReference image, SignerFiles signer) {
        List<Signer> signers = signer.isEmpty() ? List.of() : List.of(signer.signer());
        try (Registries registries = open(access, image)) {
            return Inspection.of(registries, image).withSignatures(registries, signers, signer.hasLogs());
        }
    }

    /** {@return the exit status of a verification, whose result is printed} */
    public static int verify(RegistryAccess access, ImageReference image, SignerFiles files, PrintWriter out) {
        Signer signer = files.signer();
        try (Registries registries = open(access, image)) {
            Verification verification =
                    Verification.of(registries, image, signer).join();
            out.println(VerdictText.line(verification, image, files.hasLogs()));
            return verification.isVerified() ? 0 : 1;
        }
    }

    /** {@return the images of an OCI layout} */
    public static FactSource layout(Path folder) {
        return ImageLayout.open(folder);
    }

    /** {@return the registries of a file, or else the image's own} */
    static Registries open(RegistryAccess access, ImageReference image) {
        if (access.registries().isPresent()) {
            return open(access.registries().get());
        }
        try {
            return Registries.of(OwnRegistry.of(image, access));
        } catch (IllegalArgumentException unusable) {
            throw new CommandProblem(image.canonical() + ": " + unusable.getMessage());
        }
    }

    private static ImageRegistries load(Path file) {
        try {
            return ImageRegistries.load(file);
        } catch (ImageRegistriesException mistakes) {
            throw new CommandProblem(String.valueOf(mistakes.getMessage()));
        }
    }

    private static Registries open(Path file) {
        try {
            return Registries.of(load(file));
        } catch (IllegalArgumentException certificates) {
            throw new CommandProblem(file + ": " + certificates.getMessage());
        }
    }
}
