package io.imagegate.registry.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hosts that well-known registries need beside their own, from {@code well-known-registries.txt}.
 *
 * @param pattern which registries a line is about; each {@code {name}} of the line stands for one label
 * @param address the host that is contacted; empty for the registry's own
 * @param authHosts hosts of token services
 * @param blobHosts hosts of redirects
 */
public record WellKnownRegistries(Pattern pattern, String address, List<String> authHosts, List<String> blobHosts) {

    private static final String FILE = "well-known-registries.txt";
    private static final String NONE = "-";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

    private static final List<WellKnownRegistries> ALL = read();

    /** What the table says of one registry. */
    public record Hosts(Optional<String> address, List<HostRule> authHosts, List<HostRule> blobHosts) {}

    public static Hosts of(String registry) {
        for (WellKnownRegistries line : ALL) {
            Matcher matcher = line.pattern.matcher(registry);
            if (matcher.matches()) {
                return new Hosts(
                        line.address.isEmpty() ? Optional.empty() : Optional.of(line.address),
                        line.rules(line.authHosts, matcher),
                        line.rules(line.blobHosts, matcher));
            }
        }
        return new Hosts(Optional.empty(), List.of(), List.of());
    }

    private List<HostRule> rules(List<String> hosts, Matcher registry) {
        return hosts.stream()
                .map(host -> PLACEHOLDER.matcher(host).replaceAll(name -> registry.group(name.group(1))))
                .map(host -> HostRule.parse(FILE, host, true))
                .toList();
    }

    private static List<WellKnownRegistries> read() {
        try (InputStream in = WellKnownRegistries.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll(",\\s+", ",")
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(WellKnownRegistries::line)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WellKnownRegistries line(String line) {
        List<String> fields = Arrays.asList(line.strip().split("\\s+"));
        return new WellKnownRegistries(
                pattern(fields.get(0)),
                fields.get(1).equals(NONE) ? "" : fields.get(1),
                list(fields.get(2)),
                list(fields.get(3)));
    }

    private static Pattern pattern(String host) {
        String expression = Pattern.quote(host).replace("*.", "\\E([a-z0-9-]+\\.)+\\Q");
        return Pattern.compile(PLACEHOLDER.matcher(expression).replaceAll("\\\\E(?<$1>[a-z0-9-]+)\\\\Q"));
    }

    private static List<String> list(String field) {
        return field.equals(NONE) ? List.of() : List.of(field.split(","));
    }
}
