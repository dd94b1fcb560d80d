package io.imagegate.cli.command;

import io.imagegate.cli.option.CommandProblem;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ReferenceSyntaxException;
import io.imagegate.server.tls.Identity;
import io.imagegate.server.tls.TlsContexts;
import io.imagegate.server.tls.TlsFiles;
import io.imagegate.server.tls.TlsProblem;
import io.imagegate.text.SafeText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Sends a review to a webhook that runs somewhere. */
@Command(
        name = "review",
        description = {
            "Sends the review of an image to a running webhook, as an API server does, and prints the decision.",
            "To a path that begins with /image_policy it sends an ImageReview, to others, such as /validate and /mutate, an"
                    + " AdmissionReview of a new pod in the namespace default."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Exit status: 0 allowed, 1 denied, 2 no decision."})
final class ReviewCommand implements Callable<Integer> {

    private static final int SHOWN = 5_000;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private ImagegateCommand imagegate;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Authorities of the webhook's certificate, PEM (default: those of the Java runtime).")
    private @Nullable Path authorities;

    @Option(
            names = "--client-cert",
            paramLabel = "FILE",
            description = "Certificate to show to the webhook, PEM; with --client-key.")
    private @Nullable Path certificate;

    @Option(names = "--client-key", paramLabel = "FILE", description = "Its private key, PEM.")
    private @Nullable Path key;

    @Option(
            names = "--any-decision",
            description = "Exit with status 0 after a denial, too: only a decision is expected.")
    private boolean anyDecision;

    @Parameters(
            index = "0",
            paramLabel = "URL",
            description = "Where the webhook answers, such as https://imagegate.imagegate.svc/validate.")
    @SuppressWarnings("NullAway.Init")
    private URI url;

    @Parameters(index = "1", paramLabel = "IMAGE", description = "Name of the image.")
    @SuppressWarnings("NullAway.Init")
    private String image;

    @Override
    public Integer call() throws InterruptedException {
        imagegate.installCryptography();
        if (!"https".equals(url.getScheme()) || url.getHost() == null) {
            throw new CommandProblem("URL " + url + ": expected one such as https://imagegate.imagegate.svc/validate");
        }
        try {
            // A name that parses has no character that JSON escapes.
            ReviewClient.Decision decision =
                    client().decide(ImageReference.parse(image).text());
            spec.commandLine().getOut().println(decision.text());
            return decision.allowed() || anyDecision ? 0 : 1;
        } catch (ReferenceSyntaxException invalid) {
            throw new CommandProblem(String.valueOf(invalid.getMessage()));
        } catch (TlsProblem unusable) {
            throw new CommandProblem(String.valueOf(unusable.getMessage()));
        } catch (IOException failed) {
            String why = failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage();
            throw new CommandProblem(url + ": no decision: " + SafeText.escape(SafeText.cut(why, SHOWN)));
        }
    }

    private ReviewClient client() {
        if ((certificate == null) != (key == null)) {
            throw new CommandProblem("expected both --client-cert and --client-key");
        }
        List<X509Certificate> trusted = authorities == null ? List.of() : TlsFiles.certificates(authorities);
        Identity identity = certificate == null || key == null ? null : TlsFiles.identity(certificate, key);
        return new ReviewClient(url.toString(), TlsContexts.client(identity, trusted, null));
    }
}
