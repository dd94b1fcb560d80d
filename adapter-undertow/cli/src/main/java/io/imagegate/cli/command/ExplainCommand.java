package io.imagegate.cli.command;

import io.imagegate.cli.check.Checker;
import io.imagegate.cli.check.report.TextStyle;
import io.imagegate.cli.option.CommandProblem;
import io.imagegate.cli.option.PolicyOptions;
import io.imagegate.gate.LiveGate;
import io.imagegate.policy.BreakGlass;
import io.imagegate.policy.Decision;
import io.imagegate.policy.Enforcement;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.ImageMutation;
import io.imagegate.policy.Lookup;
import io.imagegate.policy.MutationScope;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.policy.RuleResult;
import io.imagegate.policy.Violation;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ReferenceSyntaxException;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Coverage;
import io.imagegate.rule.Outcome;
import io.imagegate.rule.Scope;
import io.imagegate.text.SafeText;
import io.imagegate.text.ShownText;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Shows how an image reference is parsed and what each rule decides. */
@Command(
        name = "explain",
        description = "Shows how an image reference is parsed and what each rule decides, with reasons.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit status: 0 allowed, 1 denied, 2 unusable input."})
final class ExplainCommand implements Callable<Integer> {

    private static final int LONGEST_SCOPE = 400;

    private static final TextStyle STYLE = new TextStyle(Ansi.AUTO);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private ImagegateCommand imagegate;

    @Mixin
    private final PolicyOptions policyOptions = new PolicyOptions();

    @Parameters(paramLabel = "IMAGE", description = "Image reference.")
    @SuppressWarnings("NullAway.Init")
    private String image;

    @Override
    public Integer call() {
        requireNoFile();
        if (policyOptions.hasRegistries()) {
            imagegate.installCryptography();
        }
        try (LiveGate gate = policyOptions.open(policyOptions.documents())) {
            return explain(gate.gate().withLenientLimit(Checker.FACT_LIMIT));
        }
    }

    /** A name such as {@code web.yaml} could be that of an image, but who has such a file means the file. */
    private void requireNoFile() {
        Optional<ImageReference> reference = ImageReference.tryParse(image);
        CheckArgument.existing(image)
                .filter(existing -> existing.equals("file") || reference.isEmpty())
                .ifPresent(existing -> {
                    String meant = reference
                            .map(name -> ", such as " + name.canonical())
                            .orElse("");
                    throw new CommandProblem(ShownText.escape(image) + ": an existing " + existing
                            + ", expected the name of an image" + meant + "; imagegate check checks files and folders");
                });
    }

    private int explain(ImageGate gate) {
        ImageReview written = ImageReview.of(image).inNamespace(policyOptions.namespace());
        Decision decision = gate.decideAsync(written, MutationScope.AS_IN_PODS, Checker.FACT_LIMIT)
                .join();
        PrintWriter out = spec.commandLine().getOut();
        try {
            describe(out, ImageReference.parse(image));
            decision.mutations().forEach(mutation -> describe(out, mutation));
            explain(out, decision.lookups());
            String name = decision.mutations().stream()
                    .map(ImageMutation::result)
                    .findFirst()
                    .orElse(image);
            if (ImageReference.parse(name).hasRegistry()) {
                PolicySet policies = gate.policies();
                List<RuleResult> results = policies.explain(written, decision).toList();
                policies.policies().forEach(policy -> explain(out, policy, results, decision));
            } else {
                out.println("the reference has no registry, so no rule is checked");
            }
        } catch (ReferenceSyntaxException unreadable) {
            out.println("the reference is invalid, so no rule is checked");
        }
        out.println();
        String sentence = ShownText.escape(decision.toString());
        String verdict = decision.allowed() ? "allowed" : "denied";
        out.println(
                sentence.startsWith(verdict)
                        ? STYLE.outcome(verdict, verdict) + sentence.substring(verdict.length())
                        : sentence);
        return decision.allowed() ? 0 : 1;
    }

    private static void describe(PrintWriter out, ImageReference reference) {
        line(out, "registry", reference.hasRegistry() ? reference.registry() : "(none)");
        line(out, "repository", reference.repository());
        line(out, "tag", reference.tag().orElseGet(() -> reference.isLatest() ? "(none, means latest)" : "(none)"));
        line(out, "digest", reference.digest().map(Object::toString).orElse("(none)"));
        line(out, "canonical", reference.canonical());
    }

    private static void describe(PrintWriter out, ImageMutation mutation) {
        mutation.rewritten().ifPresent(name -> line(out, "rewritten", name));
        mutation.pinned().ifPresent(digest -> line(out, "pinned", mutation.result()));
    }

    private static void explain(PrintWriter out, List<Lookup> lookups) {
        if (!lookups.isEmpty()) {
            out.println();
            out.println("looked up");
            int width = lookups.stream()
                    .mapToInt(lookup -> lookup.need().length())
                    .max()
                    .orElse(0);
            String form = "  %-" + width + "s  %-11s  %s (%s)";
            lookups.forEach(lookup -> out.println(ShownText.escape(
                    String.format(form, lookup.need(), lookup.label(), lookup.detail(), lookup.timeText()))));
        }
    }

    private void explain(PrintWriter out, Policy policy, List<RuleResult> all, Decision decision) {
        List<RuleResult> results =
                all.stream().filter(result -> result.policy() == policy).toList();
        out.println();
        out.println("policy " + STYLE.bold(policy.name()) + ", namespace " + policyOptions.namespace());
        int width =
                policy.rules().stream().mapToInt(r -> r.name().length()).max().orElse(0);
        for (RuleResult result : results) {
            String name = String.format("  %-" + width + "s  ", result.rule());
            out.println(name
                    + String.format("%-5s  ", text(result.enforcement()))
                    + STYLE.outcome(outcome(result), outcome(result))
                    + ShownText.escape(explanation(result)));
            Scope scope = result.rule().scope();
            if (isOfRequests(scope)) {
                String unknown = result.coverage() == Coverage.UNKNOWN
                        ? "; an image alone does not tell all of this, so the rule applies"
                        : "";
                out.println(" ".repeat(name.length()) + "match: " + text(scope) + unknown);
            }
        }
        policy.exemptions().stream()
                .filter(exemption -> isOfRequests(exemption.scope())
                        && results.stream()
                                .anyMatch(result -> result.undecidedExemptions().contains(exemption)))
                .forEach(exemption -> out.println("  exception from " + String.join(", ", exemption.rules()) + " until "
                        + exemption.expires() + ": applies only to " + text(exemption.scope())
                        + "; an image alone does not tell all of this"));
        policy.breakGlass()
                .filter(glass -> !decision.allowed() && glass.namespaces().matches(policyOptions.namespace()))
                .ifPresent(glass -> out.println("  break-glass: annotation " + glass.annotation()
                        + " is missing: set it to "
                        + glass.shownValue()
                                .map(glob -> "a value that matches " + ShownText.escape(glob))
                                .orElse("the value in the policy")
                        + " in metadata.annotations of the pod, or of the workload and of its pod template"
                        + ShownText.escape(users(glass))));
    }

    private static boolean isOfRequests(Scope scope) {
        return !scope.criteria().isEmpty() || !scope.exceptCriteria().isEmpty();
    }

    private static String text(Scope scope) {
        return ShownText.escape(SafeText.cut(scope.toString(), LONGEST_SCOPE));
    }

    private static String users(BreakGlass glass) {
        String users = glass.users().map(globs -> "users " + globs).orElse("");
        String groups = glass.groups().map(globs -> "groups " + globs).orElse("");
        return (users + groups).isEmpty()
                ? ""
                : "; it counts for " + users + (users.isEmpty() || groups.isEmpty() ? "" : " and ") + groups
                        + " only, and never behind ImagePolicyWebhook";
    }

    private static String text(Enforcement enforcement) {
        return enforcement.name().toLowerCase(Locale.ROOT);
    }

    private static String outcome(RuleResult result) {
        Outcome outcome = result.violation().isPresent() ? Outcome.VIOLATED : result.outcome();
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String explanation(RuleResult result) {
        String why = result.explanation().isEmpty() ? "" : ": " + result.explanation();
        return why
                + result.violation()
                        .map(violation -> outcomeWhileDown(result.enforcement(), violation) + exception(violation))
                        .orElse("");
    }

    /** {@return what the rule does instead of its enforcement, because a registry is down} */
    private static String outcomeWhileDown(Enforcement enforcement, Violation violation) {
        return violation.enforcement() == enforcement ? "" : " (onUnavailable: " + text(violation.enforcement()) + ")";
    }

    private static String exception(Violation violation) {
        return violation
                .exemption()
                .map(e -> " (exempted until " + e.expires() + ": " + e.reason() + ")")
                .or(() -> violation
                        .expired()
                        .map(e -> " (an exception expired on " + e.expires() + ": " + e.reason() + ")"))
                .or(() -> violation.breakGlass().map(value -> " (broke-glass: " + value + ")"))
                .orElse("");
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println(String.format("%-11s", name) + value);
    }
}
