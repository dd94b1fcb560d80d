package io.imagegate.cel;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the artifact may use. */
@Tag("slow")
class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.imagegate.cel");

    @Test
    @DisplayName("CEL, what its API needs, and of policy-core what rules are made of; no I/O and no clock")
    void dependencies() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java.lang..",
                        "java.util..",
                        "java.time",
                        "io.imagegate.cel",
                        "io.imagegate.fact",
                        "io.imagegate.reference",
                        "io.imagegate.review",
                        "io.imagegate.rule",
                        "io.imagegate.text",
                        "dev.cel..",
                        "com.google.common.collect",
                        "com.google.re2j",
                        "org.jspecify.annotations"))
                .check(CLASSES);
        noClasses()
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    @Test
    @DisplayName("public methods have no type of a library")
    void signatures() {
        noClasses()
                .that(resideInAPackage("io.imagegate.cel.."))
                .and()
                .arePublic()
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.cel..", "com.google.."))
                .check(CLASSES);
    }
}
