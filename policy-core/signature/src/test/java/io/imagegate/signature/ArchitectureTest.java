package io.imagegate.signature;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the module may use: the JDK's cryptography, by whichever provider, and no other. */
@Tag("slow")
class ArchitectureTest {

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.imagegate.signature");

    @Test
    @DisplayName("of the JDK java.base alone; no Bouncy Castle, no I/O over networks")
    void dependencies() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java.io",
                        "java.lang..",
                        "java.math",
                        "java.net",
                        "java.nio",
                        "java.nio.charset",
                        "java.security..",
                        "java.time..",
                        "java.util..",
                        "io.imagegate.signature..",
                        "io.imagegate.reference",
                        "io.imagegate.predicate",
                        "io.imagegate.signer",
                        "io.imagegate.certificate",
                        "io.imagegate.fact",
                        "io.imagegate.metric",
                        "io.imagegate.gate",
                        "io.imagegate.registry",
                        "io.imagegate.registry.layout",
                        "io.imagegate.registry.oci",
                        "io.imagegate.registry.share",
                        "com.github.benmanes.caffeine.cache",
                        "io.imagegate.syntax",
                        "io.imagegate.text",
                        "io.imagegate.time",
                        "org.jspecify.annotations"))
                .check(MODULE);
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.net").and(notNamed("java.net.URI")))
                .check(MODULE);
    }

    private static DescribedPredicate<HasName> notNamed(String type) {
        return DescribedPredicate.not(name(type));
    }

    @Test
    @DisplayName("only Crypto asks for algorithms, and only Verifier takes a provider")
    void oneDoor() {
        DescribedPredicate<JavaCall<?>> algorithms =
                target(name("getInstance")).and(target(owner(resideInAnyPackage("java.security..", "javax.crypto.."))));
        noClasses()
                .that()
                .doNotHaveSimpleName("Crypto")
                .should()
                .callMethodWhere(algorithms)
                .check(MODULE);
        noClasses()
                .that()
                .doNotHaveSimpleName("Crypto")
                .and()
                .doNotHaveSimpleName("Verifier")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Provider.class)
                .check(MODULE);
        noClasses().should().dependOnClassesThat().belongToAnyOf(Security.class).check(MODULE);
    }

    @Test
    @DisplayName("no provider is named")
    void noProviderIsNamed() throws IOException {
        Pattern names = Pattern.compile("\"(SUN|SunEC|SunJCE|SunRsaSign|BC|BCFIPS|Sun[A-Za-z0-9-]*)\"|bouncycastle");
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).hasSizeGreaterThan(40);
            for (Path source : sources) {
                assertThat(Files.readString(source)).as("%s", source).doesNotContainPattern(names);
            }
        }
    }
}
