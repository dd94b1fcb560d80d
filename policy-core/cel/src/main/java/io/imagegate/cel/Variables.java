package io.imagegate.cel;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import io.imagegate.fact.PlatformImage;
import io.imagegate.reference.Digest;
import io.imagegate.review.ContainerType;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.RequestProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The variables of expressions, with their types and values. */
final class Variables {

    static final String NOW = "now";

    private static final String IMAGE = "image";

    /** What the names of types begin with. */
    private static final String TYPE = "imagegate.";

    private static final CelType TEXTS = MapType.create(SimpleType.STRING, SimpleType.STRING);
    private static final CelType LIST = ListType.create(SimpleType.STRING);

    private static final Map<String, Map<String, Property>> STRUCTURES = structures(
            named("image.text", image -> image.image().text()),
            new Property("image.registry", SimpleType.STRING, false, Subject::registry),
            new Property("image.repository", SimpleType.STRING, false, Subject::repository),
            named("image.tag", image -> image.reference().effectiveTag().orElse("")),
            named("image.digest", Variables::digest),
            fact("image.created", SimpleType.TIMESTAMP, image -> image.created().orElse(null)),
            new Property("image.platforms", LIST, true, Variables::platforms),
            fact("image.size", SimpleType.INT, image -> size(image.size())),
            fact("image.labels", TEXTS, PlatformImage::labels),
            fact("image.annotations", TEXTS, PlatformImage::annotations),
            named("container.type", image -> known(image.image().containerType().map(ContainerType::key))),
            named("container.name", image -> known(image.image().containerName().filter(name -> !name.isEmpty()))),
            inReview("request.kind", SimpleType.STRING, ImageReview::kind),
            inReview("request.name", SimpleType.STRING, ImageReview::name),
            inReview("request.namespace", SimpleType.STRING, Variables::namespace),
            inReview("request.labels", TEXTS, ImageReview::labels),
            new Property(
                    "request.annotations",
                    TEXTS,
                    false,
                    subject -> subject.review().podAnnotations(),
                    (subject, key) -> subject.review().tellsPodAnnotation(key)),
            inReview("request.operation", SimpleType.STRING, ImageReview::operation),
            inReview("request.user", SimpleType.STRING, ImageReview::user),
            inReview("request.groups", LIST, ImageReview::groups));

    /** Values of {@link #compared} properties, which no expression can name. */
    private static final Map<String, Property> COMPARED = Map.of(
            compared("registry"),
                    named("image.registry", image -> image.reference().comparedRegistry()),
            compared("repository"),
                    named("image.repository", image -> image.reference().comparedRepository()));

    /** What scopes of policies call properties of requests. */
    private static final Map<String, RequestProperty> REQUEST = Map.of(
            "container.type", RequestProperty.CONTAINER_TYPE,
            "container.name", RequestProperty.CONTAINER_NAME,
            "request.kind", RequestProperty.KIND,
            "request.name", RequestProperty.NAME,
            "request.labels", RequestProperty.LABEL,
            "request.annotations", RequestProperty.ANNOTATION,
            "request.operation", RequestProperty.OPERATION,
            "request.user", RequestProperty.USER,
            "request.groups", RequestProperty.GROUP);

    private Variables() {}

    private static Map<String, Map<String, Property>> structures(Property... properties) {
        Map<String, Map<String, Property>> all = new LinkedHashMap<>();
        for (Property property : properties) {
            all.computeIfAbsent(property.variable(), name -> new LinkedHashMap<>())
                    .put(property.name(), property);
        }
        return all;
    }

    private static Property named(String path, Function<Candidate, @Nullable Object> value) {
        return new Property(path, SimpleType.STRING, false, subject -> value.apply(subject.candidate()));
    }

    private static Property inReview(String path, CelType type, Function<ImageReview, Optional<?>> value) {
        return new Property(path, type, false, subject -> known(value.apply(subject.review())));
    }

    private static Property fact(String path, CelType type, Function<PlatformImage, @Nullable Object> value) {
        return new Property(path, type, true, subject -> subject.image() == null ? null : value.apply(subject.image()));
    }

    private static @Nullable Object known(Optional<?> value) {
        return value.orElse(null);
    }

    private static @Nullable Object size(OptionalLong size) {
        return size.isPresent() ? size.getAsLong() : null;
    }

    /** {@return the digest; empty without one, and null if the image is to get one that nobody knows yet} */
    private static @Nullable Object digest(Candidate image) {
        Optional<Digest> digest = image.reference().digest();
        return digest.isEmpty() && image.hasDigest()
                ? null
                : digest.map(Digest::toString).orElse("");
    }

    private static @Nullable Object platforms(Subject subject) {
        return subject.metadata() == null
                ? null
                : subject.metadata().images().stream()
                        .map(PlatformImage::platform)
                        .toList();
    }

    private static Optional<String> namespace(ImageReview review) {
        return Optional.of(review.namespace()).filter(namespace -> !namespace.isEmpty());
    }

    /** {@return the type of each variable} */
    static Map<String, CelType> types() {
        Map<String, CelType> types = new LinkedHashMap<>();
        STRUCTURES.forEach((name, properties) -> types.put(name, struct(name, properties)));
        types.put(NOW, SimpleType.TIMESTAMP);
        return types;
    }

    private static StructType struct(String variable, Map<String, Property> properties) {
        ImmutableMap<String, CelType> types =
                properties.values().stream().collect(ImmutableMap.toImmutableMap(Property::name, Property::type));
        return StructType.create(TYPE + variable, types.keySet(), name -> Optional.ofNullable(types.get(name)));
    }

    /** {@return the names of all variables} */
    static List<String> names() {
        return Stream.concat(STRUCTURES.keySet().stream(), Stream.of(NOW)).toList();
    }

    /** {@return the properties of a variable; none if it has none} */
    static Map<String, Property> properties(String variable) {
        return STRUCTURES.getOrDefault(variable, Map.of());
    }

    /** {@return whether a type is that of {@code image}} */
    static boolean isImage(CelType type) {
        return type.name().equals(TYPE + IMAGE);
    }

    /** {@return the name of a property of the image whose value is always that which patterns compare} */
    static String compared(String property) {
        return "@" + property;
    }

    /** {@return a property that values have, also one that no expression can name} */
    static Optional<Property> property(Map<String, Property> named, String name) {
        return Optional.ofNullable(named.getOrDefault(name, COMPARED.get(name)));
    }

    /** {@return what scopes call a property, if they know it} */
    static Optional<RequestProperty> request(Property property) {
        return Optional.ofNullable(REQUEST.get(property.path()));
    }

    /** {@return the value of a variable} */
    static Optional<Object> find(String variable, Subject subject) {
        if (variable.equals(NOW)) {
            return Optional.of(subject.candidate().instant());
        }
        return Optional.ofNullable(STRUCTURES.get(variable)).map(properties -> new Structure(properties, subject));
    }

    /** Knows the types of variables with properties. */
    static final class Types implements CelTypeProvider {

        private final ImmutableList<CelType> all = ImmutableList.copyOf(Variables.types().values().stream()
                .filter(StructType.class::isInstance)
                .toList());

        @Override
        public ImmutableCollection<CelType> types() {
            return all;
        }

        @Override
        public Optional<CelType> findType(String name) {
            return all.stream().filter(type -> type.name().equals(name)).findFirst();
        }
    }
}
