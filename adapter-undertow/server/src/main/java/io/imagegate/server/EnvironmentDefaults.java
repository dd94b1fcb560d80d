package io.imagegate.server;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Makes each option an environment variable too: {@code --tls-cert} is {@code IMAGEGATE_TLS_CERT}. */
final class EnvironmentDefaults implements IDefaultValueProvider {

    private final Map<String, String> environment;

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        String value = environment.get(variable(option));
        return value == null || isServiceLink(value) ? null : value;
    }

    static String variable(OptionSpec option) {
        String name = option.longestName().substring(2);
        return "IMAGEGATE_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** In the pods beside a Service named imagegate, Kubernetes itself sets IMAGEGATE_PORT to such an address. */
    private static boolean isServiceLink(String value) {
        return value.startsWith("tcp://") || value.startsWith("udp://") || value.startsWith("sctp://");
    }
}
