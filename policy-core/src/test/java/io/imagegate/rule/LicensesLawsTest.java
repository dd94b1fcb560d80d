package io.imagegate.rule;

import static io.imagegate.rule.SignerSamples.DIGEST;
import static io.imagegate.rule.SignerSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.predicate.LicenseExpression;
import io.imagegate.predicate.PackageLicense;
import io.imagegate.predicate.SbomLicenses;
import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Compares the condition with a model that looks at every branch of an expression. */
class LicensesLawsTest {

    /** An expression as text, and its branches: in each, all of its licenses hold. */
    record Choice(String text, List<Set<String>> branches) {}

    private static final List<String> IDS = List.of(
            "MIT", "GPL-2.0-only", "GPL-3.0-only", "GPL-2.0-only WITH Classpath-exception-2.0", "LicenseRef-acme");

    private static Choice one(String id) {
        return new Choice(id, List.of(Set.of(id)));
    }

    private static Choice or(Choice left, Choice right) {
        return new Choice(
                "(" + left.text + " OR " + right.text + ")",
                Stream.concat(left.branches.stream(), right.branches.stream())
                        .distinct()
                        .toList());
    }

    private static Choice and(Choice left, Choice right) {
        List<Set<String>> both = new ArrayList<>();
        left.branches.forEach(one -> right.branches.forEach(other ->
                both.add(Set.copyOf(Stream.concat(one.stream(), other.stream()).toList().stream()
                        .distinct()
                        .toList()))));
        return new Choice(
                "(" + left.text + " AND " + right.text + ")",
                both.stream().distinct().toList());
    }

    /** Writes other names of the same licenses. */
    private static Arbitrary<Choice> leaves() {
        Choice later = or(one("GPL-2.0-only"), one("GPL-3.0-only"));
        return Arbitraries.oneOf(
                Arbitraries.of(IDS).map(LicensesLawsTest::one),
                Arbitraries.of(
                        one("no license"),
                        new Choice("mit", one("MIT").branches),
                        new Choice("GPL-3.0+", one("GPL-3.0-only").branches),
                        new Choice("gpl-2.0", one("GPL-2.0-only").branches),
                        new Choice("GPL-2.0-or-later", later.branches)));
    }

    @Provide
    Arbitrary<Choice> choices() {
        return choices(4);
    }

    private static Arbitrary<Choice> choices(int depth) {
        if (depth == 0) {
            return leaves();
        }
        Arbitrary<Choice> inner = choices(depth - 1);
        return Arbitraries.oneOf(
                leaves(),
                Combinators.combine(inner, inner).as(LicensesLawsTest::or),
                Combinators.combine(inner, inner).as(LicensesLawsTest::and));
    }

    @Provide
    Arbitrary<Set<String>> lists() {
        return Arbitraries.of(IDS).set().ofMaxSize(3);
    }

    @Property(tries = 5_000)
    void sameAsOfAllBranches(
            @ForAll("choices") Choice choice, @ForAll("lists") Set<String> deny, @ForAll("lists") Set<String> allow) {
        if (deny.isEmpty() && allow.isEmpty()) {
            return;
        }
        List<Outcome> branches = choice.branches.stream()
                .map(branch ->
                        worst(branch.stream().map(id -> model(id, deny, allow)).toList()))
                .toList();
        assertThat(found(choice.text.replace("no license", "Foo"), deny, allow).outcome())
                .as("%s, deny %s, allow %s", choice.text, deny, allow)
                .isEqualTo(best(branches));
    }

    private static Outcome model(String id, Set<String> deny, Set<String> allow) {
        if (deny.contains(id)) {
            return Outcome.VIOLATED;
        }
        if (allow.contains(id)) {
            return Outcome.SATISFIED;
        }
        boolean exception = id.contains(" WITH ");
        boolean open = exception && (deny.contains("GPL-2.0-only") || allow.contains("GPL-2.0-only"));
        if (open || id.equals("LicenseRef-acme") || id.equals("no license")) {
            return Outcome.UNDECIDABLE;
        }
        return allow.isEmpty() ? Outcome.SATISFIED : Outcome.VIOLATED;
    }

    private static Outcome worst(List<Outcome> outcomes) {
        return outcomes.contains(Outcome.VIOLATED)
                ? Outcome.VIOLATED
                : outcomes.contains(Outcome.UNDECIDABLE) ? Outcome.UNDECIDABLE : Outcome.SATISFIED;
    }

    private static Outcome best(List<Outcome> outcomes) {
        return outcomes.contains(Outcome.SATISFIED)
                ? Outcome.SATISFIED
                : outcomes.contains(Outcome.UNDECIDABLE) ? Outcome.UNDECIDABLE : Outcome.VIOLATED;
    }

    private static Finding found(String expression, Set<String> deny, Set<String> allow) {
        String[] allowed = allow.toArray(String[]::new);
        Licenses condition = deny.isEmpty() ? Licenses.allow(allowed) : Licenses.deny(deny.toArray(String[]::new));
        Licenses both = deny.isEmpty() || allow.isEmpty() ? condition : condition.withAllowed(allowed);
        SbomLicenses sbom = new SbomLicenses(List.of(new PackageLicense(LicenseExpression.parse(expression), "a", 1)));
        SignedBy statement = SignedBy.of(SignerSamples.key("ci", 1), Signatory.key("sha256:11"), DIGEST)
                .withIssued(NOW)
                .withContent(SbomLicenses.query(), Fact.known(sbom));
        return both.check(statement, SignerSamples.candidate("acme/api:1", ImageFacts.at(NOW)));
    }
}
