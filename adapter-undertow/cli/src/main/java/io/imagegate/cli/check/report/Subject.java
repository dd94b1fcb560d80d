package io.imagegate.cli.check.report;

/**
 * One checked image, object or review.
 *
 * @param file name of the file, empty for an argument of the command line
 * @param line where it begins, from 1; 0 where there are no lines
 * @param object kind, namespace and name of a Kubernetes object, such as {@code Pod shop/web}; empty for an image without one
 * @param kind the kind and its API group, such as {@code Deployment.apps}; empty for what is no Kubernetes object
 * @param namespace the namespace by which it was checked
 * @param source name of the file from which the object was made, such as a Helm template; empty if it is not known
 * @param base file of the kustomization that makes it alone and that another one includes; empty for what is judged as a whole
 * @param isOfUnknownKind whether a webhook denies it because it does not know its kind
 */
public record Subject(
        String file,
        int line,
        String object,
        String kind,
        String namespace,
        String source,
        String base,
        boolean isOfUnknownKind) {

    /**
     * {@return the same in another file}
     *
     * @param other name of the file
     */
    public Subject in(String other) {
        return other.equals(file)
                ? this
                : new Subject(other, line, object, kind, namespace, source, base, isOfUnknownKind);
    }
}
