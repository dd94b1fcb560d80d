package io.imagegate.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.input.InputObject;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.MutationScope;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.policytest.PolicyTestBuilder;
import io.imagegate.policytest.TestFacts;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.Names;
import io.imagegate.time.TimeSource;
import io.imagegate.webhook.WebhookKind;
import io.imagegate.workload.Workloads;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** One request to the playground: finds all that is wrong with it, decides if nothing is, and writes the answer. */
final class Judgement {

    /** The most bytes of a policy or of facts: those of a policy file. */
    private static final int MOST_TEXT = 4 << 20;

    private static final int MOST_OBJECTS = 100;
    private static final int MOST_IMAGES = 200;

    /** The most bytes of all decisions, and of all policies: with both, and the texts, an answer has 4 MiB at most. */
    private static final int MOST_DECIDED = 2 << 20;

    private static final int MOST_POLICIES = 1 << 19;
    private static final int MOST_COPIED = 1 << 19;

    private static final Pattern TEST = Pattern.compile("(?m)^kind: *[\"']?ImagePolicyTest\\b");

    private final JudgeRequest request;
    private final Locale language;
    private final PolicyDocuments documents;
    private final TimeSource clock;
    private final Duration limit;
    private final Mistakes mistakes;
    private final Instant at;
    private final List<byte[]> decisions = new ArrayList<>();
    private int decided;
    private int images;
    private int more;

    Judgement(JudgeRequest request, PolicyDocuments documents, TimeSource clock, Duration limit) {
        this.request = request;
        this.language = request.language();
        this.clock = clock;
        this.limit = limit;
        this.mistakes = new Mistakes(request);
        this.at = at().orElseGet(clock::instant);
        this.documents = documents.withClock(InstantSource.fixed(at));
    }

    private Optional<Instant> at() {
        try {
            return request.at().isEmpty() ? Optional.empty() : Optional.of(Instant.parse(request.at()));
        } catch (DateTimeException noInstant) {
            mistakes.error(Mistakes.AT, 1, 1, Words.INSTANT.in(language));
            return Optional.empty();
        }
    }

    /** {@return the answer} */
    byte[] write() {
        if (!Names.isLabel(request.namespace())) {
            mistakes.error(Mistakes.NAMESPACE, 1, 1, Words.NAMESPACE.in(language));
        }
        Optional<PolicySet> policies = policies();
        AskedTexts asked =
                AskedTexts.read(request, policies.map(PolicySet::workloads).orElseGet(Workloads::wellKnown), mistakes);
        Optional<TestFacts> facts = policies.flatMap(set -> facts(set, asked));
        Optional<PolicyTestBuilder> test = Optional.empty();
        if (policies.isPresent() && facts.isPresent() && !mistakes.hasErrors()) {
            test = Optional.of(decide(policies.get(), facts.get(), asked.objects()));
        }
        more += asked.more();
        Optional<String> testText = test.filter(built -> !built.isEmpty() && !mistakes.hasErrors())
                .map(built -> text(built, policies.orElseThrow()));
        return Json.bytes(json -> write(json, policies, asked, testText));
    }

    private Optional<PolicySet> policies() {
        if (!mayRead(Mistakes.POLICY, request.policy())) {
            return Optional.empty();
        }
        noteTests();
        Alarm alarm = Alarm.after(limit);
        try {
            return Optional.of(documents
                    .withWarnings(warning -> mistakes.add(Mistakes.POLICY, warning, true))
                    .read(Mistakes.POLICY, request.policy()));
        } catch (PolicyDocumentException refused) {
            refused.problems().forEach(problem -> mistakes.add(Mistakes.POLICY, problem, false));
            return Optional.empty();
        } catch (CancellationException tooSlow) {
            mistakes.error(Mistakes.POLICY, 1, 1, Words.TOO_SLOW.in(language, limit.toSeconds()));
            return Optional.empty();
        } finally {
            alarm.close();
        }
    }

    /** {@return whether a text is within the limits of the playground} */
    private boolean mayRead(String in, String text) {
        if (text.getBytes(UTF_8).length > MOST_TEXT) {
            mistakes.error(in, 1, 1, Words.TOO_LONG.in(language, MOST_TEXT));
            return false;
        }
        return TextBudget.of(text)
                .map(tooMuch -> {
                    mistakes.error(in, tooMuch.line(), tooMuch.column(), tooMuch.text());
                    return false;
                })
                .orElse(true);
    }

    private void noteTests() {
        Matcher test = TEST.matcher(request.policy());
        if (test.find()) {
            int line = 1
                    + (int) request.policy()
                            .substring(0, test.start())
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            mistakes.warning(Mistakes.POLICY, line, 1, Words.TEST_NOT_RUN.in(language));
        }
    }

    private Optional<TestFacts> facts(PolicySet policies, AskedTexts asked) {
        if (request.facts().isBlank()) {
            return Optional.of(TestFacts.NONE);
        }
        if (!mayRead(Mistakes.FACTS, request.facts())) {
            return Optional.empty();
        }
        Set<String> names = asked.objects().stream()
                .flatMap(object -> object.images().stream())
                .map(ReviewedImage::text)
                .limit(MOST_IMAGES * 10L)
                .collect(Collectors.toSet());
        try {
            return Optional.of(TestFacts.read(Mistakes.FACTS, request.facts(), names, policies));
        } catch (PolicyDocumentException refused) {
            refused.problems().forEach(problem -> mistakes.add(Mistakes.FACTS, problem, false));
            return Optional.empty();
        }
    }

    private PolicyTestBuilder decide(PolicySet policies, TestFacts facts, List<InputObject> objects) {
        PolicyTestBuilder test = new PolicyTestBuilder(policies);
        ImageGate gate = ImageGate.of(() -> policies, facts);
        // What was read is limited by its length, so that the first expression may take its time.
        Deadline deadline = new Deadline(clock, limit);
        int next = 0;
        try {
            while (next < objects.size() && decisions.size() < MOST_OBJECTS && images < MOST_IMAGES) {
                decide(policies, gate, facts, objects.get(next), test, deadline);
                next++;
            }
        } catch (Deadline.Passed tooSlow) {
            mistakes.error(Mistakes.POLICY, 1, 1, Words.TOO_SLOW.in(language, limit.toSeconds()));
        }
        more += objects.size() - next;
        if (decisions.isEmpty() && more == 0) {
            mistakes.error(Mistakes.ASKED, 1, 1, Words.NO_IMAGE.in(language));
        }
        return test;
    }

    /** An object without images is shown if it is denied, as that of an unknown kind is. */
    private void decide(
            PolicySet policies,
            ImageGate gate,
            TestFacts facts,
            InputObject object,
            PolicyTestBuilder test,
            Deadline deadline)
            throws Deadline.Passed {
        deadline.check();
        ImageReview review = object.review(request.namespace());
        rehearse(gate, review, deadline);
        Decision decision = object.decide(gate, request.namespace());
        if (review.images().isEmpty() && !object.isReview() && decision.allowed()) {
            return;
        }
        deadline.check();
        ExplainedDecision explained = new ExplainedDecision(policies, review, decision, MOST_IMAGES - images);
        Optional<byte[]> written = Json.bytes(MOST_DECIDED - decided, json -> write(json, object, review, explained));
        if (written.isEmpty()) {
            mistakes.warning(Mistakes.ASKED, object.line(), 1, Words.TOO_MUCH.in(language));
            more++;
            return;
        }
        decided += written.get().length;
        decisions.add(written.get());
        images += review.images().size();
        add(test, object, review, facts, decision);
    }

    /** Decides on each image alone, so that the time can be looked at: all together take as long again. */
    private static void rehearse(ImageGate gate, ImageReview review, Deadline deadline) throws Deadline.Passed {
        for (ReviewedImage image : review.images()) {
            gate.decide(review.toBuilder().images(List.of(image)).build(), MutationScope.AS_IN_PODS);
            deadline.check();
        }
    }

    private void add(
            PolicyTestBuilder test, InputObject object, ImageReview review, TestFacts facts, Decision decision) {
        try {
            test.add(title(object, review), review, facts, at, decision);
        } catch (IllegalArgumentException untold) {
            // No case of a policy test can say what this object says, such as what it was before an update.
        }
    }

    private static String title(InputObject object, ImageReview review) {
        String image = review.images().isEmpty() ? "" : review.images().get(0).text();
        return object.title().isEmpty() ? image : object.title();
    }

    private static String text(PolicyTestBuilder test, PolicySet policies) {
        String name = policies.policies().get(0).name();
        return test.text(name, name + ".yaml");
    }

    private void write(JsonGenerator json, InputObject object, ImageReview review, ExplainedDecision explained) {
        json.writeStringProperty("title", Json.cut(title(object, review), Json.LONGEST_TEXT));
        json.writeStringProperty("place", Words.LINE.in(language, object.line()));
        Json.object(
                json,
                "decision",
                out -> DecisionJson.of(explained, at)
                        .withKubectl(KubectlText.admissionWebhook(WebhookKind.VALIDATING))
                        .write(out));
    }

    private void write(JsonGenerator json, Optional<PolicySet> policies, AskedTexts asked, Optional<String> test) {
        mistakes.write(json);
        json.writeStringProperty("at", at.toString());
        List<Policy> shown = policies.map(PolicySet::policies).orElse(List.of());
        boolean fit =
                Json.bytes(MOST_POLICIES, out -> writePolicies(out, shown)).isPresent();
        writePolicies(json, fit ? shown : List.of());
        json.writeArrayPropertyStart("objects");
        decisions.forEach(decision -> json.writeRawValue(new String(decision, UTF_8)));
        json.writeEndArray();
        json.writeNumberProperty("moreObjects", more);
        Json.texts(json, "unread", asked.unread());
        test.filter(text -> text.length() <= MOST_COPIED)
                .ifPresent(text -> json.writeStringProperty("policyTest", text));
        if (request.policy().length() <= MOST_COPIED) {
            json.writeStringProperty("policyFile", asFile(request.policy()));
        }
    }

    /** Writes the policies, or none if they are too long. */
    private void writePolicies(JsonGenerator json, List<Policy> policies) {
        LocalDate today = LocalDate.ofInstant(at, ZoneOffset.UTC);
        Json.list(json, "policies", policies, (out, policy) -> PolicyJson.write(out, policy, today));
    }

    private static String asFile(String text) {
        String lines = text.replace("\r\n", "\n");
        return lines.endsWith("\n") ? lines : lines + "\n";
    }
}
