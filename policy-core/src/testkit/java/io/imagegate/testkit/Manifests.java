package io.imagegate.testkit;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Arbitraries of Kubernetes manifests: pods and all built-in workloads, with an image in every possible place.
 *
 * @since 0.1
 */
public final class Manifests {

    private Manifests() {}

    /** {@return manifests with texts of {@link References#any()}} */
    public static Arbitrary<Manifest> any() {
        return of(References.any());
    }

    /**
     * {@return manifests with one to three containers, up to two init containers and up to one volume that is an image}
     *
     * @param images texts of images
     */
    public static Arbitrary<Manifest> of(Arbitrary<String> images) {
        return Combinators.combine(
                        Arbitraries.of(Workload.class),
                        Arbitraries.of("default", "", "dev", "prod"),
                        images.list().ofMinSize(1).ofMaxSize(3),
                        images.list().ofMaxSize(2),
                        images.list().ofMaxSize(1))
                .as(Manifests::manifest);
    }

    private static Manifest manifest(
            Workload workload, String namespace, List<String> main, List<String> init, List<String> volumes) {
        ManifestText text = new ManifestText(workload, namespace);
        text.containers("initContainers", init);
        text.containers("containers", main);
        text.volumes(volumes);
        List<String> images =
                Stream.of(init, main, volumes).flatMap(List::stream).toList();
        return new Manifest(workload.kind, namespace, images, text.toString());
    }
}
