package io.imagegate.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/**
 * A kind of objects that an API server lists.
 *
 * @param kind the kind and its API group, such as {@code Deployment.apps}
 * @param version path of its API version, such as {@code /apis/apps/v1}
 * @param name its name in paths, such as {@code deployments}
 * @param namespaced whether its objects are in namespaces
 */
record ApiResource(String kind, String version, String name, boolean namespaced) {

    /** {@return the path of a list, of all namespaces if the namespace is empty} */
    String path(String namespace) {
        String within = namespace.isEmpty() ? "" : "/namespaces/" + URLEncoder.encode(namespace, UTF_8);
        return version + within + "/" + name;
    }

    /** {@return the path of a page of a list} */
    String path(String namespace, int limit, String next) {
        String from = next.isEmpty() ? "" : "&continue=" + URLEncoder.encode(next, UTF_8);
        return path(namespace) + "?limit=" + limit + from;
    }
}
