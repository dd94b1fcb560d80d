package io.imagegate.laws;

import io.imagegate.JsonTree;
import io.imagegate.reference.ReferenceArbitraries;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** What the laws are tried on. */
final class Questions extends DomainContextBase {

    static final List<String> NAMESPACES = List.of("", "default", "prod-a", "prod");

    /** An image as somebody may type it: mostly well-formed, and known to the patterns. */
    record Image(String text) {}

    /** Demands that make a policy. */
    record Demands(List<Demand> all) {}

    /** A namespace. */
    record Namespace(String name) {}

    @Provide
    Arbitrary<Image> images() {
        Arbitrary<String> known = Arbitraries.of(
                "nginx",
                "nginx:1.17.1",
                "alpine:3.18",
                "alpine:latest",
                "ghcr.io/acme/api:1.0.0",
                "ghcr.io/acme/tools/x:v1.0",
                "index.docker.io/library/nginx:1.0.0",
                "docker.io/nginx:3.18.0",
                "GHCR.io/acme/api:1.2.3",
                "eu.gcr.io/a/b:1.0");
        Arbitrary<String> wellFormed = ReferenceArbitraries.wellFormed();
        // Half a surrogate pair does not come over a wire: UTF-8 has no form for it.
        return Arbitraries.oneOf(known, wellFormed, known, ReferenceArbitraries.nearlyWellFormed())
                .filter(text -> text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE))
                .map(Image::new);
    }

    @Provide
    Arbitrary<Demands> demands() {
        return Demand.any().list().ofMinSize(1).ofMaxSize(4).map(Demands::new);
    }

    @Provide
    Arbitrary<Namespace> namespaces() {
        return Arbitraries.of(NAMESPACES).map(Namespace::new);
    }

    static ImageReview review(Namespace namespace, List<Image> images) {
        List<ReviewedImage> reviewed = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            reviewed.add(ReviewedImage.of(images.get(i).text(), "containers", i));
        }
        return ImageReview.builder()
                .images(reviewed)
                .namespace(namespace.name())
                .build();
    }

    static String imageReview(Namespace namespace, List<Image> images) {
        return JsonTree.write(ordered(
                "kind", "ImageReview",
                "apiVersion", "imagepolicy.k8s.io/v1alpha1",
                "spec", ordered("containers", containers(images), "namespace", namespace.name())));
    }

    static String admissionReview(Namespace namespace, List<Image> images) {
        return JsonTree.write(ordered(
                "kind", "AdmissionReview",
                "apiVersion", "admission.k8s.io/v1",
                "request",
                        ordered(
                                "uid", "u",
                                "kind", ordered("group", "", "version", "v1", "kind", "Pod"),
                                "operation", "CREATE",
                                "namespace", namespace.name(),
                                "object",
                                        ordered(
                                                "kind",
                                                "Pod",
                                                "apiVersion",
                                                "v1",
                                                "metadata",
                                                ordered("name", "p"),
                                                "spec",
                                                ordered("containers", containers(images))))));
    }

    private static List<Object> containers(List<Image> images) {
        return images.stream()
                .<Object>map(image -> ordered("image", image.text()))
                .toList();
    }

    private static Map<String, Object> ordered(Object... fields) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            object.put((String) fields[i], fields[i + 1]);
        }
        return object;
    }
}
