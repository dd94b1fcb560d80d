package io.imagegate;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The house: who may depend on whom. */
class ArchitectureTest {

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.imagegate");

    @Test
    @DisplayName(
            "reference <- review <- rule <- policy <- document; review <- kubernetes <- wire <- document; webhook on all")
    void packagesDependOneWay() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("reference")
                .definedBy("io.imagegate.reference")
                .layer("review")
                .definedBy("io.imagegate.review")
                .layer("rule")
                .definedBy("io.imagegate.rule")
                .layer("policy")
                .definedBy("io.imagegate.policy")
                .optionalLayer("document")
                .definedBy("io.imagegate.document")
                .layer("wire")
                .definedBy("io.imagegate.wire")
                .layer("webhook")
                .definedBy("io.imagegate.webhook")
                .layer("kubernetes")
                .definedBy("io.imagegate.kubernetes")
                .whereLayer("review")
                .mayOnlyBeAccessedByLayers("kubernetes", "rule", "policy", "document", "wire", "webhook")
                .whereLayer("kubernetes")
                .mayOnlyBeAccessedByLayers("document", "wire", "webhook")
                .whereLayer("rule")
                .mayOnlyBeAccessedByLayers("policy", "document", "webhook")
                .whereLayer("policy")
                .mayOnlyBeAccessedByLayers("document", "webhook")
                .whereLayer("document")
                .mayOnlyBeAccessedByLayers("webhook")
                .whereLayer("wire")
                .mayOnlyBeAccessedByLayers("document", "webhook")
                .whereLayer("webhook")
                .mayNotBeAccessedByAnyLayer()
                .check(CORE);
    }

    @Test
    @DisplayName("at run time: the JDK, jackson-core in wire, snakeyaml-engine in document, JSpecify's annotations")
    void onlyAllowedDependencies() {
        noClasses()
                .that(resideOutsideOfPackages("io.imagegate.wire"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..")
                .check(CORE);
        noClasses()
                .that(resideOutsideOfPackages("io.imagegate.document"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.snakeyaml..")
                .check(CORE);
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "io.imagegate..",
                        "tools.jackson.core..",
                        "org.snakeyaml..",
                        "org.jspecify.annotations"))
                .check(CORE);
    }

    @Test
    @DisplayName("no foreign type stands in a public signature")
    void noForeignTypesInSignatures() {
        members()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .should(not(mentionForeignTypes()))
                .check(CORE);
    }

    @Test
    @DisplayName("no source file is over 300 lines")
    void filesAreShort() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            List<Path> sources =
                    files.filter(f -> f.toString().endsWith(".java")).toList();
            assertThat(sources)
                    .hasSizeGreaterThan(10)
                    .allSatisfy(f ->
                            assertThat(Files.readAllLines(f)).as(f.toString()).hasSizeLessThanOrEqualTo(300));
        }
    }

    private static ArchCondition<JavaMember> mentionForeignTypes() {
        return new ArchCondition<>("mention a type of another library") {
            @Override
            public void check(JavaMember member, ConditionEvents events) {
                Stream<JavaClass> types = member instanceof JavaCodeUnit unit
                        ? Stream.concat(unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()))
                        : member.getAllInvolvedRawTypes().stream();
                boolean foreign = types.map(JavaClass::getBaseComponentType)
                        .anyMatch(type -> type.getPackageName().matches("(tools\\.jackson|org\\.snakeyaml).*"));
                events.add(new SimpleConditionEvent(member, foreign, member.getFullName()));
            }
        };
    }
}
