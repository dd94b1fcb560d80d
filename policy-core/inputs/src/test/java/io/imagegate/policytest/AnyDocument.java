package io.imagegate.policytest;

import io.imagegate.document.PolicySamples.TeamOwnsRepository;
import io.imagegate.document.file.Source;
import io.imagegate.document.policy.Documents;
import io.imagegate.document.policy.LanguageExtensions;
import io.imagegate.document.policy.PolicyLoading;
import io.imagegate.document.rule.CelExpressions;
import io.imagegate.document.rule.CustomRules;
import io.imagegate.document.yaml.Problem;
import io.imagegate.document.yaml.Problems;
import io.imagegate.workload.Workloads;
import java.util.List;

/** Reads documents of any kind. */
public final class AnyDocument {

    private AnyDocument() {}

    /** What is wrong with a document that stands in no file. */
    public static List<String> messages(String text) {
        Problems problems = new Problems();
        PolicyLoading loading = new PolicyLoading(
                new LanguageExtensions(
                        new CelExpressions(), CustomRules.of(List.of(new TeamOwnsRepository())), root -> {}),
                problems);
        Source source = new Source("p", null, loading.files(), problems);
        Documents.read(source, text).forEach(document -> {
            if (!document.kind().equals(Documents.POLICY_TEST)) {
                loading.add(source, document);
            } else {
                PolicyTestReader.read(document.fields())
                        .ifPresent(test -> PolicyTestReader.cases(
                                source, Workloads.wellKnown(), new Layouts(source, null), test.spec()));
            }
        });
        loading.readPolicies();
        return problems.all().stream().map(Problem::message).toList();
    }
}
