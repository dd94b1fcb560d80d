package io.imagegate.bench.server;

import io.imagegate.bench.server.RepositoryBenchmark.Result;
import io.imagegate.bench.server.RepositoryBenchmark.Usage;
import java.util.List;

/** The part of the page about whole repositories. */
final class RepositorySection {

    private RepositorySection() {}

    static void appendTo(StringBuilder page, List<Result> results) {
        if (results.isEmpty()) {
            return;
        }
        page.append("""

                ## Repositories

                Processor time and most memory of `check` of a folder as the packages of the command start it, one process that reads all
                its files, beside `kubectl kustomize` of each kustomization in it and `helm template` of each chart, a process each, without
                a network. The tools fail where something is to be fetched.

                """);
        table(results).appendTo(page);
    }

    static Table table(List<Result> results) {
        return Table.of(
                        "repository",
                        "check s",
                        "MiB",
                        "kustomizations (failed)",
                        "kubectl s",
                        "MiB",
                        "charts (failed)",
                        "helm s",
                        "MiB",
                        "check : both")
                .rows(results.stream().map(RepositorySection::row).toList());
    }

    private static List<String> row(Result result) {
        return List.of(
                result.repository(),
                Targets.text(result.check().seconds()),
                Targets.text(result.check().mebibytes()),
                runs(result.kubectl()),
                Targets.text(result.kubectl().seconds()),
                Targets.text(result.kubectl().mebibytes()),
                runs(result.helm()),
                Targets.text(result.helm().seconds()),
                Targets.text(result.helm().mebibytes()),
                Targets.text(result.check().seconds() / result.others().seconds()));
    }

    private static String runs(Usage usage) {
        return usage.runs() + " (" + usage.failed() + ")";
    }
}
