package io.imagegate.cli.option;

import io.imagegate.gate.GateSettings;
import io.imagegate.gate.GateSettingsBuilder;
import io.imagegate.policy.ImageGate;
import io.imagegate.text.NamedLists;
import io.imagegate.webhook.ReviewLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the policies of {@code serve}, and for the content of images. */
public final class GateOptions {

    @Option(
            names = {"-p", "--policy"},
            paramLabel = "[NAME=]FILE",
            description =
                    "Policy file, folder of policy files, or builtin:NAME; reloaded when it changes. Can be repeated: all"
                            + " must allow. Policies with a name decide alone, at /image_policy/NAME, /validate/NAME and"
                            + " /mutate/NAME. Without policies the default policy is used: every image has a tag other"
                            + " than latest, or a digest.")
    private List<String> policies = List.of();

    @Option(
            names = "--locale",
            paramLabel = "en|zh-CN",
            description = "Language of the default policy's messages; policy files have their own messages (default:"
                    + " ${DEFAULT-VALUE}).")
    private String locale = "en";

    @Option(
            names = "--registries",
            paramLabel = "FILE",
            description = "File of kind ImageRegistries: the registries that are asked about the content of images, for"
                    + " policies with rules on content. Read at the start.")
    private @Nullable Path registries;

    @Option(
            names = "--last-good",
            paramLabel = "DIR",
            description =
                    "Folder for the last accepted policies and registries, with the files that policies name. A restart whose"
                            + " files are rejected decides with them, until 24 hours after the first rejection. Without it such a"
                            + " restart denies everything.")
    private @Nullable Path lastGood;

    @Option(
            names = "--fact-timeout",
            paramLabel = "TIME",
            converter = Durations.Positive.class,
            description =
                    "Longest time that a review waits for registries, from the arrival of its request; the time-out"
                            + " in its URL, less a tenth, can end it earlier (default: 8s).")
    private Duration timeout = ImageGate.DEFAULT_LIMIT;

    /**
     * {@return the settings of these options}
     *
     * @param strict whether policies with probable mistakes are refused
     * @param limits the limits of reviews
     * @param keeper version of this program, which keeps the last accepted set; empty if the files alone count
     * @throws CommandProblem when a name of policies or the language is not one
     */
    public GateSettings settings(boolean strict, ReviewLimits limits, Optional<String> keeper) {
        GateSettingsBuilder settings = GateSettings.builder()
                .language(language())
                .strict(strict)
                .withoutRegistries("this needs --registries FILE, the registries to ask")
                .factTimeout(timeout)
                .limits(limits);
        if (registries != null) {
            settings.registries(registries);
        }
        if (lastGood != null) {
            Path folder = lastGood;
            keeper.ifPresent(version -> settings.lastGood(folder, version));
        }
        try {
            return (policies.isEmpty() ? settings : settings.locations(policies)).build();
        } catch (IllegalArgumentException wrong) {
            throw new CommandProblem("--policy: " + wrong.getMessage());
        }
    }

    /** {@return the policies in one line} */
    public String policies() {
        return policies.isEmpty() ? "default" : NamedLists.join(policies);
    }

    private Locale language() {
        return switch (locale) {
            case "en" -> Locale.ENGLISH;
            case "zh-CN" -> Locale.SIMPLIFIED_CHINESE;
            default -> throw new CommandProblem("--locale " + locale + ": expected en or zh-CN");
        };
    }
}
