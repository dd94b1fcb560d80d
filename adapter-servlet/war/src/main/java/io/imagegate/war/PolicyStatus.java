package io.imagegate.war;

import io.imagegate.policy.PolicySet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Current status of the policies.
 *
 * @param policies the active policies
 * @param location location of the policies
 * @param origin source of the setting
 * @param loadedAt when they were loaded
 * @param problem why the current files are not active, or null if they are
 */
record PolicyStatus(
        PolicySet policies,
        String location,
        String origin,
        Instant loadedAt,
        @Nullable String problem) {}
