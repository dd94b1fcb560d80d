package io.imagegate.registry;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.http.HttpClient;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the module may use. */
@Tag("slow")
class ArchitectureTest {

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.imagegate.registry");

    @Test
    @DisplayName("of policy-core only names of images, and text for people")
    void core() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "javax.net.ssl..",
                        "io.imagegate.registry..",
                        "io.imagegate.reference",
                        "io.imagegate.certificate",
                        "io.imagegate.document..",
                        "io.imagegate.fact",
                        "io.imagegate.metric",
                        "io.imagegate.follow",
                        "io.imagegate.gate",
                        "io.imagegate.syntax",
                        "io.imagegate.text",
                        "io.imagegate.time",
                        "io.imagegate.yaml",
                        "com.github.benmanes.caffeine.cache..",
                        "org.jspecify.annotations"))
                .check(MODULE);
    }

    @Test
    @DisplayName("requests are sent in one place, where their limits are")
    void oneDoor() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Transport")
                .should()
                .callMethodWhere(target(nameMatching("send.*"))
                        .and(target(owner(JavaClass.Predicates.assignableTo(HttpClient.class)))))
                .check(MODULE);
    }
}
