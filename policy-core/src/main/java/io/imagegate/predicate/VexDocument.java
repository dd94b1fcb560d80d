package io.imagegate.predicate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements of an OpenVEX document about one image. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class VexDocument implements PredicateContent {

    /** Estimate of the bytes for each name in the index. */
    private static final int ENTRY = 100;

    private final List<VexStatement> statements;
    private final Map<String, List<VexStatement>> byName = new HashMap<>();

    VexDocument(List<VexStatement> statements) {
        this.statements = List.copyOf(statements);
        for (VexStatement statement : this.statements) {
            statement
                    .names()
                    .forEach(name -> byName.computeIfAbsent(name, none -> new ArrayList<>(1))
                            .add(statement));
        }
    }

    /** {@return a query for the statements of an OpenVEX document about the image} */
    public static ContentQuery<VexDocument> query() {
        return new VexQuery();
    }

    /**
     * {@return whether the newest statement about a vulnerability and its package says that it is fixed or does not affect
     * the image} Of several with the same date, all must say so.
     *
     * @param documents all documents about the image
     * @param vulnerability the vulnerability, in one package
     * @param latest the latest date that a statement may have; a later one is wrong and excuses nothing
     */
    public static boolean excuse(List<VexDocument> documents, Vulnerability vulnerability, Instant latest) {
        if (documents.stream().noneMatch(document -> document.isNamed(vulnerability))) {
            return false;
        }
        // Read once: thousands of statements can be about one vulnerability.
        Optional<PackageUrl> url = vulnerability.component().url();
        @Nullable Instant newest = null;
        boolean excuses = false;
        for (VexDocument document : documents) {
            for (String name : vulnerability.names()) {
                for (VexStatement statement : document.byName.getOrDefault(name, List.of())) {
                    int age = newest == null ? 1 : statement.date().compareTo(newest);
                    if (age >= 0 && statement.isAbout(vulnerability.component(), url)) {
                        excuses = statement.excuses() && (age > 0 || excuses);
                        newest = statement.date();
                    }
                }
            }
        }
        return excuses && newest != null && !newest.isAfter(latest);
    }

    private boolean isNamed(Vulnerability vulnerability) {
        return vulnerability.names().stream().anyMatch(byName::containsKey);
    }

    @Override
    public long weight() {
        return statements.stream().mapToLong(VexStatement::weight).sum() + (long) ENTRY * byName.size();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VexDocument that && statements.equals(that.statements);
    }

    @Override
    public int hashCode() {
        return Objects.hash(statements);
    }

    /** {@return how many statements it has, for logs and debuggers} */
    @Override
    public String toString() {
        return statements.size() + " statements";
    }
}
