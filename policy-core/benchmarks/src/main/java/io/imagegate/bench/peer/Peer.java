package io.imagegate.bench.peer;

import com.github.dockerjava.core.NameParser;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import java.util.function.Function;
import land.oras.ContainerRef;
import org.testcontainers.utility.DockerImageName;

/** A parser of image references. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are references to static methods
public enum Peer {
    /** This project. */
    IMAGEGATE("Imagegate", ImageReference::parse, Peer::imagegate),
    /** Jib. */
    JIB("jib-core", Peer::parseJib, Peer::jib),
    /** Quarkus, which took its parser from Jib. */
    QUARKUS("Quarkus container-image", io.quarkus.container.spi.ImageReference::parse, Peer::quarkus),
    /** Spring Boot's buildpack support. */
    SPRING_BOOT(
            "Spring Boot buildpack",
            org.springframework.boot.buildpack.platform.docker.type.ImageReference::of,
            Peer::springBoot),
    /** Testcontainers, with the check that is a call of its own there. */
    TESTCONTAINERS("Testcontainers", Peer::parseTestcontainers, Peer::testcontainers),
    /** ORAS. */
    ORAS("oras-java-sdk", ContainerRef::parse, Peer::oras),
    /** docker-java. */
    DOCKER_JAVA("docker-java", Peer::parseDockerJava, Peer::dockerJava),
    /** Eclipse JKube. */
    JKUBE("JKube", org.eclipse.jkube.kit.config.image.ImageName::new, Peer::jkube),
    /** The fabric8 plugin. */
    DOCKER_MAVEN_PLUGIN("docker-maven-plugin", io.fabric8.maven.docker.util.ImageName::new, Peer::dockerMavenPlugin);

    private final String title;
    private final Function<String, Object> parser;
    private final Function<String, Name> reader;

    Peer(String title, Function<String, Object> parser, Function<String, Name> reader) {
        this.title = title;
        this.parser = parser;
        this.reader = reader;
    }

    /** {@return what it is called in tables} */
    public String title() {
        return title;
    }

    /**
     * Parses as a user of the library would, and throws what it throws.
     *
     * @param text the reference
     * @return what the library makes of it
     */
    public Object parse(String text) {
        return parser.apply(text);
    }

    /**
     * Parses and takes the parts out.
     *
     * @param text the reference
     * @return the parts
     */
    public Name read(String text) {
        return reader.apply(text);
    }

    private static Name imagegate(String text) {
        ImageReference name = ImageReference.parse(text);
        return Name.of(
                name.registry(),
                name.repository(),
                name.tag().orElse(null),
                name.digest().map(Digest::toString).orElse(null));
    }

    private static com.google.cloud.tools.jib.api.ImageReference parseJib(String text) {
        try {
            return com.google.cloud.tools.jib.api.ImageReference.parse(text);
        } catch (InvalidImageReferenceException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Name jib(String text) {
        com.google.cloud.tools.jib.api.ImageReference name = parseJib(text);
        return Name.of(
                name.getRegistry(),
                name.getRepository(),
                name.getTag().orElse(null),
                name.getDigest().orElse(null));
    }

    private static Name quarkus(String text) {
        io.quarkus.container.spi.ImageReference name = io.quarkus.container.spi.ImageReference.parse(text);
        return Name.of(name.getRegistry().orElse(null), name.getRepository(), name.getTag(), name.getDigest());
    }

    private static Name springBoot(String text) {
        org.springframework.boot.buildpack.platform.docker.type.ImageReference name =
                org.springframework.boot.buildpack.platform.docker.type.ImageReference.of(text);
        return Name.of(name.getDomain(), name.getName(), name.getTag(), name.getDigest());
    }

    private static DockerImageName parseTestcontainers(String text) {
        DockerImageName name = DockerImageName.parse(text);
        name.assertValid();
        return name;
    }

    private static Name testcontainers(String text) {
        DockerImageName name = parseTestcontainers(text);
        String version = name.getVersionPart();
        boolean digest = version.startsWith("sha256:");
        return Name.of(name.getRegistry(), name.getRepository(), digest ? null : version, digest ? version : null);
    }

    private static Name oras(String text) {
        ContainerRef name = ContainerRef.parse(text);
        return Name.of(name.getRegistry(), name.getFullRepository(), name.getTag(), name.getDigest());
    }

    private static NameParser.HostnameReposName parseDockerJava(String text) {
        return NameParser.resolveRepositoryName(NameParser.parseRepositoryTag(text).repos);
    }

    private static Name dockerJava(String text) {
        NameParser.ReposTag version = NameParser.parseRepositoryTag(text);
        NameParser.HostnameReposName name = NameParser.resolveRepositoryName(version.repos);
        return Name.of(name.hostname, name.reposName, version.tag, null);
    }

    private static Name jkube(String text) {
        org.eclipse.jkube.kit.config.image.ImageName name = new org.eclipse.jkube.kit.config.image.ImageName(text);
        return Name.of(name.getRegistry(), name.getRepository(), name.getTag(), name.getDigest());
    }

    private static Name dockerMavenPlugin(String text) {
        io.fabric8.maven.docker.util.ImageName name = new io.fabric8.maven.docker.util.ImageName(text);
        return Name.of(name.getRegistry(), name.getRepository(), name.getTag(), name.getDigest());
    }
}
