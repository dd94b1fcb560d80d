package io.imagegate.server.serve;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a server looks up facts about images.
 *
 * @param registries file of kind ImageRegistries; null: it looks up none, and refuses policies that need facts
 * @param timeout longest time that a review waits for facts
 * @since 0.1
 */
public record FactSettings(@Nullable Path registries, Duration timeout) {}
