package io.imagegate.springboot;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * What a native image of an application needs of the jars of Imagegate: sentences, built-in policies, lists of workloads and of registries.
 * Providers are found by {@link java.util.ServiceLoader}, and nothing is found by reflection.
 */
final class ImagegateRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        hints.resources()
                .registerPattern("io/imagegate/**/*.txt")
                .registerPattern("io/imagegate/document/policy/builtin/*.yaml")
                .registerResourceBundle("io.imagegate.policy.messages")
                .registerResourceBundle("io.imagegate.rule.messages");
    }
}
