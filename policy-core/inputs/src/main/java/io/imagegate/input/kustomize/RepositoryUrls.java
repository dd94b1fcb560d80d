package io.imagegate.input.kustomize;

import io.imagegate.text.SafeText;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URLs of the repository that the files of a run are of. Two URLs name one repository if they differ in protocol, user, the case of
 * the host, {@code .git} or slashes at the end alone: {@code git@github.com:acme/deploy.git}, {@code https://GitHub.com/acme/deploy}.
 * Immutable.
 */
public final class RepositoryUrls {

    private static final Pattern WITH_SCHEME = Pattern.compile(
            "(?i)(?:git\\+)?(ssh|https?|git|oci)://(?:[^/@]*@)?([^/@:\\[]+|\\[[^\\]/]*\\])(?::([0-9]*))?/+(.+)");

    /** The short form of SSH, which has no port. */
    private static final Pattern SHORT = Pattern.compile("(?:[^/@:]+@)?([^/@:\\[]+|\\[[^\\]/]*\\]):/*([^/].*)");

    private static final List<String> ENDS = List.of("/", ".git");
    private static final Map<String, String> PORTS = Map.of("ssh", "22", "https", "443", "http", "80", "git", "9418");
    private static final int LONGEST = 2_000;
    private static final int SHOWN = 100;

    private final Set<String> repositories = new LinkedHashSet<>();

    private RepositoryUrls() {}

    /** Whether a source is the repository that the files are of. */
    enum Origin {
        HERE,
        ELSEWHERE,
        UNKNOWN
    }

    /**
     * {@return URLs of one repository; of none, each source may be it}
     *
     * @param urls the URLs
     * @throws IllegalArgumentException if one is none of a repository on a host
     */
    public static RepositoryUrls of(Collection<String> urls) {
        RepositoryUrls all = new RepositoryUrls();
        for (String url : urls) {
            String name = name(url);
            if (name == null) {
                throw new IllegalArgumentException("expected the URL of a repository, such as"
                        + " https://github.com/acme/deploy or git@github.com:acme/deploy.git, got "
                        + SafeText.quote(url, SHOWN));
            }
            all.repositories.add(name);
        }
        return all;
    }

    /** {@return what the URLs of a repository have in common; null for one without a host} */
    private static @Nullable String name(String url) {
        String text = url.strip();
        if (text.length() > LONGEST) {
            return null;
        }
        Matcher whole = WITH_SCHEME.matcher(text);
        Matcher brief = SHORT.matcher(text);
        String host;
        String path;
        if (whole.matches()) {
            String scheme = whole.group(1).toLowerCase(Locale.ROOT);
            String port = whole.group(3);
            boolean isUsual = port == null || port.isEmpty() || port.equals(PORTS.get(scheme));
            host = (scheme.equals("oci") ? "oci:" : "") + whole.group(2) + (isUsual ? "" : ":" + port);
            path = whole.group(4);
        } else if (!text.contains("://") && brief.matches()) {
            host = brief.group(1);
            path = brief.group(2);
        } else {
            return null;
        }
        String end = path;
        for (String before = ""; !before.equals(end); ) {
            before = end;
            for (String cut : ENDS) {
                end = end.endsWith(cut) ? end.substring(0, end.length() - cut.length()) : end;
            }
        }
        return end.isEmpty() ? null : host.toLowerCase(Locale.ROOT) + "/" + end;
    }

    /** {@return whether URLs are given, so that sources are told from each other} */
    boolean areGiven() {
        return !repositories.isEmpty();
    }

    /** {@return whether a URL is one of this repository} */
    Origin origin(String url) {
        if (repositories.isEmpty()) {
            return Origin.HERE;
        }
        if (url.isEmpty() || url.contains("${") || url.contains("{{")) {
            return Origin.UNKNOWN;
        }
        String name = name(url);
        return name != null && repositories.contains(name) ? Origin.HERE : Origin.ELSEWHERE;
    }
}
