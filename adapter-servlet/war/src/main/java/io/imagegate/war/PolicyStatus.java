package io.imagegate.war;

import io.imagegate.policy.PolicySet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How it stands now.
 *
 * @param policies what decides
 * @param location where the policies are
 * @param origin who said that they are there
 * @param loadedAt when they were loaded
 * @param problem why what is written there now is not what decides, or null if it is
 */
record PolicyStatus(
        PolicySet policies,
        String location,
        String origin,
        Instant loadedAt,
        @Nullable String problem) {}
