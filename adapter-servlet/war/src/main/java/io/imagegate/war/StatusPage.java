package io.imagegate.war;

import io.imagegate.gate.GateState;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Status page: the active policies with their source and load time. It shows rules, but nothing that helps to bypass
 * them: no break-glass value, no namespaces of exceptions, no settings of the container.
 */
final class StatusPage {

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Imagegate</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
                   color: #1b1f24; background: #fff; }
            table { border-collapse: collapse; width: 100%; margin: 1rem 0 2rem; }
            th, td { border-bottom: 1px solid #d0d7de; padding: .4rem .8rem .4rem 0; text-align: left;
                     vertical-align: top; overflow-wrap: anywhere; }
            tbody th { font-weight: 600; width: 12rem; }
            .good, .bad { border-left: .4rem solid #1a7f37; padding: .6rem 1rem; background: #eef8f0; }
            .bad { border-color: #b42318; background: #fdf0ee; }
            pre { white-space: pre-wrap; margin: .5rem 0 0; }
            </style>
            </head>
            <body>
            <h1>Imagegate</h1>
            """;

    private StatusPage() {}

    static String of(ApplicationGate application) {
        Html html = new Html().markup(HEAD);
        application
                .policyProblem()
                .ifPresentOrElse(
                        problem ->
                                alert(html, "The setting of the policies is invalid. Everything is denied.", problem),
                        () -> application.states().forEach(state -> policies(html, state)));
        application.registriesProblem().ifPresent(problem -> registries(html, problem));
        source(html, application);
        application
                .states()
                .forEach(state -> state.policies().policies().forEach(policy -> policy(html, state, policy)));
        return html.markup("</body>\n</html>\n").toString();
    }

    private static void policies(Html html, GateState state) {
        String name = ApplicationGate.suffix(state);
        if (state.problem().isEmpty()) {
            html.markup("<p class=\"good\">The policies below").text(name).markup(" are active.</p>\n");
            return;
        }
        alert(
                html,
                "The policy files" + name + " are invalid. "
                        + (state.isReady()
                                ? "The last valid policies, shown below, are active."
                                : "Everything is denied."),
                String.valueOf(state.problem().get().getMessage()));
    }

    private static void registries(Html html, String problem) {
        alert(
                html,
                "The registries file is invalid. Policies with rules on the content of images are refused until the"
                        + " file is corrected and the application restarted.",
                problem);
    }

    private static void alert(Html html, String headline, String problem) {
        html.markup("<div class=\"bad\" role=\"alert\"><strong>")
                .text(headline)
                .markup("</strong>\n<pre>")
                .text(problem)
                .markup("</pre></div>\n");
    }

    private static void source(Html html, ApplicationGate application) {
        html.markup("<table><tbody>\n");
        html.row("Policies from", application.policy().value());
        html.row("Set by", application.policy().origin());
        for (GateState state : application.states()) {
            String name = ApplicationGate.suffix(state);
            state.loadedAt().ifPresent(loaded -> {
                html.row(
                        "Loaded at" + name,
                        loaded.truncatedTo(ChronoUnit.SECONDS).toString());
                html.row("SHA-256" + name, state.digest());
            });
        }
        html.row("Registries from", application.registries().value());
        html.row("Set by", application.registries().origin());
        html.markup("</tbody></table>\n");
    }

    private static void policy(Html html, GateState state, Policy policy) {
        LocalDate today = state.policies().today();
        html.markup("<h2>Policy ")
                .text(ApplicationGate.prefix(state) + policy.name())
                .markup("</h2>\n<table>\n<thead><tr><th scope=\"col\">Rule</th>");
        html.markup("<th scope=\"col\">Enforcement</th><th scope=\"col\">Message</th></tr></thead>\n<tbody>\n");
        for (NamedRule rule : policy.rules()) {
            String message = rule.message().orElse("built in");
            html.markup("<tr><th scope=\"row\">")
                    .text(rule.name())
                    .markup("</th><td>")
                    .text(effect(rule, today))
                    .markup("</td><td>")
                    .text(message)
                    .markup("</td></tr>\n");
        }
        html.markup("</tbody></table>\n<p>").text(relief(policy)).markup("</p>\n");
    }

    private static String effect(NamedRule rule, LocalDate today) {
        String now = switch (rule.enforcement(today)) {
            case DENY -> "denies";
            case WARN -> "warns";
            case AUDIT -> "is audited";
        };
        Optional<LocalDate> later = rule.denyFrom().filter(today::isBefore);
        boolean differs = later.isPresent() || rule.denyFrom().isEmpty();
        return now
                + (differs && !rule.enforcementByNamespace().isEmpty() ? ", differs in some namespaces" : "")
                + later.map(day -> ", denies from " + day + " on").orElse("");
    }

    private static String relief(Policy policy) {
        return String.format(
                Locale.ROOT,
                "Exceptions: %d. Break-glass: %s.",
                policy.exemptions().size(),
                policy.breakGlass().isPresent() ? "configured" : "none");
    }
}
