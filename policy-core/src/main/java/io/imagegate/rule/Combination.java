package io.imagegate.rule;

/** Rule that applies other rules by {@link Candidate#findingOf}, so its finding is pending only if theirs leave it open. */
sealed interface Combination extends Rule permits AllOf, AnyOf, Not, Scoped, UnlessDigest {}
