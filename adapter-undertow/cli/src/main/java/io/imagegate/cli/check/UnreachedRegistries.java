package io.imagegate.cli.check;

import io.imagegate.gate.RegistryHost;
import io.imagegate.text.SafeText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a run says that asked registries, and none answered. */
public final class UnreachedRegistries {

    private static final int SHOWN = 5;
    private static final int LONGEST = 100;

    private UnreachedRegistries() {}

    /**
     * {@return the line; empty if a registry answered, or none was asked}
     *
     * @param hosts the registries, and whether each answered
     */
    public static Optional<String> note(List<RegistryHost> hosts) {
        List<String> down = hosts.stream()
                .filter(host -> host.state() == RegistryHost.State.DOWN)
                .map(RegistryHost::host)
                .sorted()
                .toList();
        boolean answers = hosts.stream().anyMatch(host -> host.state() == RegistryHost.State.ANSWERS);
        if (down.isEmpty() || answers) {
            return Optional.empty();
        }
        String names = down.stream()
                .limit(SHOWN)
                .map(host -> SafeText.escape(SafeText.cut(host, LONGEST)))
                .collect(Collectors.joining(", "));
        return Optional.of(names + (down.size() > SHOWN ? " and " + (down.size() - SHOWN) + " more" : "")
                + " cannot be reached from here, or " + (down.size() == 1 ? "is" : "are")
                + " down: no registry of this run answered; behind a proxy, write proxy into the file of registries");
    }
}
