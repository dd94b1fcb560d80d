package io.imagegate.document.pattern;

import io.imagegate.document.yaml.PolicyWarnings;
import io.imagegate.document.yaml.Position;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.PatternSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Warns of patterns that are valid, and match other images than was probably meant. */
final class PatternMistakes {

    /** Most warnings about one list: it can have very many patterns. */
    private static final int MOST = 10;

    /** Registries that answer on the usual port alone, whoever denies them. */
    private static final PatternSet ONE_PORT = PatternSet.of(
            "docker.io/**",
            "*.docker.io/**",
            "ghcr.io/**",
            "quay.io/**",
            "gcr.io/**",
            "*.gcr.io/**",
            "*.pkg.dev/**",
            "registry.k8s.io/**",
            "mcr.microsoft.com/**",
            "*.azurecr.io/**",
            "public.ecr.aws/**",
            "*.amazonaws.com/**",
            "registry.gitlab.com/**",
            "registry.access.redhat.com/**",
            "registry.redhat.io/**",
            "cgr.dev/**",
            "nvcr.io/**",
            "lscr.io/**");

    private static final String EVERYTHING = "/**";
    private static final Pattern NETWORK =
            Pattern.compile("((\\d{1,3})\\.)((\\d{1,3})\\.)((\\d{1,3})\\.)(\\d{1,3})/(\\d{1,2})");
    private static final Pattern TAGGED = Pattern.compile("[a-z0-9_-]+:(\\d{3,5})");
    private static final int BYTE = 255;
    private static final int ADDRESS = 32;

    private record Mistake(String message, String meant) {}

    private PatternMistakes() {}

    /** Warns of a pattern in a list. */
    static void check(YamlNode item, ImagePattern pattern, PolicyWarnings warnings) {
        mistake(pattern.toString()).ifPresent(found -> warnings.mistake(item, found.message, found.meant));
    }

    /** Warns of a pattern in a file. */
    static void check(Position at, ImagePattern pattern, PolicyWarnings warnings) {
        mistake(pattern.toString()).ifPresent(found -> warnings.mistake(at, found.message, found.meant));
    }

    private static Optional<Mistake> mistake(String pattern) {
        return network(pattern).or(() -> port(pattern));
    }

    private static Optional<Mistake> network(String pattern) {
        Matcher network = NETWORK.matcher(pattern);
        if (!network.matches() || number(network, 8) > ADDRESS) {
            return Optional.empty();
        }
        for (int group : new int[] {2, 4, 6, 7}) {
            if (number(network, group) > BYTE) {
                return Optional.empty();
            }
        }
        String meant = switch (number(network, 8)) {
            case 8 -> network.group(1) + "*:*" + EVERYTHING;
            case 16 -> network.group(1) + network.group(3) + "*:*" + EVERYTHING;
            case 24 -> network.group(1) + network.group(3) + network.group(5) + "*:*" + EVERYTHING;
            case ADDRESS -> pattern.substring(0, pattern.indexOf('/')) + ":*" + EVERYTHING;
            default -> "";
        };
        String registry = YamlNode.quote(pattern.substring(0, pattern.indexOf('/')));
        return Optional.of(new Mistake(
                YamlNode.quote(pattern) + " is the repository \"" + network.group(8) + "\" of the registry " + registry
                        + " and no network: write "
                        + (meant.isEmpty()
                                ? "patterns such as \"10.1.*:*/**\", which end after a whole number"
                                : YamlNode.quote(meant) + " for its addresses with any port"),
                meant));
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /** Years and small numbers are tags. */
    private static Optional<Mistake> port(String pattern) {
        Matcher tagged = TAGGED.matcher(pattern);
        if (!tagged.matches()) {
            return Optional.empty();
        }
        int port = number(tagged, 1);
        boolean likely = port == 443 || (port >= 1_000 && port < 1_900) || (port >= 2_100 && port <= 65_535);
        return likely
                ? Optional.of(new Mistake(
                        YamlNode.quote(pattern) + " is an image of Docker Hub with a tag: write "
                                + YamlNode.quote(pattern + EVERYTHING) + " for the registry, or "
                                + YamlNode.quote("docker.io/library/" + pattern) + " for the image",
                        pattern + EVERYTHING))
                : Optional.empty();
    }

    /** Warns of patterns of a list that deny less than was probably meant. */
    static void checkDenied(PatternList list, PolicyWarnings warnings) {
        int found = 0;
        for (PatternList.Entry entry : list.entries()) {
            for (ImagePattern pattern : entry.patterns()) {
                Optional<Mistake> mistake = denied(pattern.toString(), list.all());
                if (mistake.isPresent() && ++found <= MOST) {
                    warnings.mistake(entry.item(), mistake.get().message, entry.isSet() ? "" : mistake.get().meant);
                }
            }
        }
        if (found > MOST) {
            warnings.mistake(list.node(), found - MOST + " more patterns leave images of a registry allowed");
        }
    }

    private static Optional<Mistake> denied(String pattern, PatternSet all) {
        return ShallowPatterns.deeper(pattern)
                .filter(deeper -> !covers(all, deeper))
                .map(deeper -> denied(pattern, "deeper paths of its registry", deeper))
                .or(() -> withAnyPort(pattern)
                        .filter(ported -> !covers(all, ported))
                        .map(ported -> denied(pattern, "the same host with another port", ported)));
    }

    private static Mistake denied(String pattern, String left, String meant) {
        boolean instead = ImagePattern.parse(meant).covers(ImagePattern.parse(pattern));
        return new Mistake(
                YamlNode.quote(pattern) + " leaves " + left + " allowed: write " + YamlNode.quote(meant)
                        + (instead ? "" : ", too"),
                instead ? meant : "");
    }

    private static boolean covers(PatternSet all, String pattern) {
        return all.covers(ImagePattern.parse(pattern));
    }

    /** {@return the pattern with any port, if it is one for everything of a host without a port} */
    private static Optional<String> withAnyPort(String pattern) {
        String host = pattern.substring(0, Math.max(0, pattern.length() - EVERYTHING.length()));
        if (!pattern.equals(host + EVERYTHING)
                || host.contains("/")
                || !RegistryPatterns.isRegistry(host)
                || host.substring(host.lastIndexOf(']') + 1).contains(":")
                || ONE_PORT.covers(ImagePattern.parse(pattern))) {
            return Optional.empty();
        }
        return Optional.of(host + ":*" + EVERYTHING);
    }
}
