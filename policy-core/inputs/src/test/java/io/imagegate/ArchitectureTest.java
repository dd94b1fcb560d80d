package io.imagegate;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
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
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The house: who may depend on whom. */
class ArchitectureTest {

    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(place -> !place.matches(Pattern.compile(".*-(?:tests|testkit)\\.jar.*")))
            .importPackages("io.imagegate");

    @Test
    @DisplayName("each package uses the packages and libraries that ARCHITECTURE.md names beside it, and no other")
    void packagesUseWhatThePageSays() throws IOException {
        Map<String, Set<String>> packages = new TreeMap<>();
        Map<String, Set<String>> libraries = new TreeMap<>();
        for (String table : List.of("Core package", "Files package", "Inputs package")) {
            for (ArchitecturePage.Row row : ArchitecturePage.table(table)) {
                packages.put(row.name(), row.names(1));
                libraries.put(row.name(), row.names(2));
            }
        }
        assertThat(packages).hasSizeGreaterThan(20).isEqualTo(uses("io\\.imagegate\\.([a-z.]+)"));
        assertThat(libraries).isEqualTo(uses("(tools\\.jackson|org\\.snakeyaml|com\\.google\\.re2j).*"));
    }

    @Test
    @DisplayName("each package is in the module beneath whose name ARCHITECTURE.md has it")
    void packagesAreInTheirModules() throws IOException {
        for (Map.Entry<String, String> module : Map.of(
                        "Core", "policy-core", "Files", "policy-core/files", "Inputs", "policy-core/inputs")
                .entrySet()) {
            Set<String> page = new TreeSet<>();
            ArchitecturePage.table(module.getKey() + " package").forEach(row -> page.add(row.name()));
            String sources = module.getValue() + "/src/main/java/";
            assertThat(Sources.under(sources)
                            .filter(file -> file.endsWith("package-info.java"))
                            .map(file -> Repository.path(sources + "io/imagegate")
                                    .relativize(file.getParent())
                                    .toString()
                                    .replace('/', '.')))
                    .containsExactlyInAnyOrderElementsOf(page);
        }
    }

    @Test
    @DisplayName("no packages depend on each other")
    void thereAreNoCycles() {
        Map<String, Set<String>> open = uses("io\\.imagegate\\.([a-z.]+)");
        while (open.values().removeIf(Set::isEmpty)) {
            open.values().forEach(used -> used.retainAll(open.keySet()));
        }
        assertThat(open).isEmpty();
    }

    /** Of each package, the others that it uses and whose names match; by the expression's group. */
    private static Map<String, Set<String>> uses(String expression) {
        Pattern pattern = Pattern.compile(expression);
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass from : LIBRARY) {
            String name = from.getPackageName().replace("io.imagegate.", "");
            Set<String> used = uses.computeIfAbsent(name, any -> new TreeSet<>());
            from.getDirectDependenciesFromSelf().stream()
                    .map(dependency ->
                            dependency.getTargetClass().getBaseComponentType().getPackageName())
                    .map(pattern::matcher)
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1))
                    .filter(target -> !target.equals(name))
                    .forEach(used::add);
        }
        return uses;
    }

    @Test
    @DisplayName("each module on top sees the packages that ARCHITECTURE.md names beside it, and no other")
    void adaptersDecideNothing() throws IOException {
        List<ArchitecturePage.Row> adapters = ArchitecturePage.table("Module");
        assertThat(adapters).hasSize(12);
        for (ArchitecturePage.Row adapter : adapters) {
            assertThat(seen(adapter.name())).as(adapter.name()).isEqualTo(adapter.names(1));
        }
    }

    @Test
    @DisplayName("no class of the server and the command line is a rule, and none asks rules")
    void theServerDecidesNothing() throws IOException {
        assertThat(Stream.concat(
                        Sources.under("adapter-undertow/server/src/main"),
                        Sources.under("adapter-undertow/cli/src/main")))
                .isNotEmpty()
                .noneMatch(file -> Sources.text(file).contains("implements Rule"))
                .filteredOn(file -> Sources.text(file).contains(".check("))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "no class decides by the message of an exception; JdkSentences reads those of the JDK that have no other sign")
    void nobodyReadsMessages() throws IOException {
        Pattern decision = Pattern.compile(
                "getMessage\\(\\)\\)?\\s*\\.(?:contains|startsWith|endsWith|equals|matches|indexOf)|matcher\\([^;]*getMessage");
        for (String sources : List.of(
                "policy-core/src/main",
                "policy-core/files/src/main",
                "policy-core/inputs/src/main",
                "policy-core/registry/src/main",
                "policy-core/signature/src/main",
                "policy-core/cel/src/main",
                "policy-core/junit/src/main",
                "policy-core/micrometer/src/main",
                "adapter-undertow/console/src/main",
                "adapter-undertow/server/src/main",
                "adapter-undertow/cli/src/main",
                "adapter-undertow/handler/src/main",
                "adapter-servlet/servlet/src/main",
                "adapter-servlet/spring-boot-starter/src/main",
                "adapter-servlet/war/src/main")) {
            assertThat(Sources.under(sources))
                    .isNotEmpty()
                    .noneMatch(file -> decision.matcher(Sources.text(file)).find());
        }
    }

    /** The packages of the library that a module's code names. */
    private static Set<String> seen(String module) throws IOException {
        Pattern name = Pattern.compile("io\\.imagegate\\.([a-z]+)\\.[A-Z]");
        Set<String> library = new TreeSet<>();
        LIBRARY.forEach(type -> library.add(type.getPackageName().replace("io.imagegate.", "")));
        return Sources.under(module + "/src/main")
                .flatMap(file -> name.matcher(Sources.text(file)).results())
                .map(match -> match.group(1))
                .filter(library::contains)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    @DisplayName("at run time: the JDK, snakeyaml-engine in yaml, JSpecify's annotations")
    void onlyAllowedDependencies() {
        noClasses()
                .that(resideOutsideOfPackages("io.imagegate.yaml"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.snakeyaml..")
                .check(LIBRARY);
        noClasses()
                .that(resideOutsideOfPackages("io.imagegate.input.kustomize"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.re2j..")
                .check(LIBRARY);
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "javax.security.auth.x500", // of java.base
                        "io.imagegate..",
                        "org.snakeyaml..",
                        "com.google.re2j",
                        "org.jspecify.annotations"))
                .check(LIBRARY);
    }

    @Test
    @DisplayName("one package of all modules names the parser of YAML, and none a parser of JSON: syntax reads that")
    void oneReaderOfStructuredText() throws IOException {
        assertThat(packagesThatName("org\\.snakeyaml\\.")).containsExactly("io.imagegate.yaml");
        assertThat(packagesThatName("tools\\.jackson\\.core\\.(JsonParser|JsonToken|ObjectReadContext|StreamRead)"))
                .isEmpty();
        assertThat(packagesThatName("tools\\.jackson\\.core\\.JsonGenerator"))
                .contains("io.imagegate.cli.check.report");
    }

    @Test
    @DisplayName(
            "benchmarks and examples, which show and compare other libraries, are not looked at for what they name")
    void benchmarksAndExamplesMayNameOthers() throws IOException {
        assertThat(packagesThatName("(?m)^package io\\.imagegate\\."))
                .contains("io.imagegate.yaml", "io.imagegate.server.serve")
                .noneMatch(name -> name.matches("io\\.imagegate\\.(bench|examples)(\\..*)?"));
    }

    /** The packages of all programs, but benchmarks and examples, whose code names something. */
    private static Set<String> packagesThatName(String name) throws IOException {
        Pattern named = Pattern.compile(name);
        Pattern place = Pattern.compile(".*/src/main/java/(.*)/[^/]+");
        return Sources.under("")
                .filter(file -> !file.startsWith(Repository.core("benchmarks"))
                        && !file.startsWith(Repository.path("examples")))
                .filter(file -> !file.endsWith("module-info.java") && !file.endsWith("package-info.java"))
                .filter(file -> named.matcher(Sources.text(file)).find())
                .map(file -> place.matcher(file.toString()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1).replace('/', '.'))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    @DisplayName("no regular expression is applied to anything in a review")
    void reviewsAreReadWithoutRegularExpressions() {
        noClasses()
                .that(resideInAnyPackage(
                        "io.imagegate.syntax",
                        "io.imagegate.yaml",
                        "io.imagegate.wire",
                        "io.imagegate.kubernetes",
                        "io.imagegate.admission",
                        "io.imagegate.review",
                        "io.imagegate.webhook"))
                .and()
                .doNotHaveSimpleName("IgnoredKind") // of policy files
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.regex")
                .orShould()
                .callMethod(String.class, "matches", String.class)
                .orShould()
                .callMethod(String.class, "split", String.class)
                .orShould()
                .callMethod(String.class, "split", String.class, int.class)
                .orShould()
                .callMethod(String.class, "replaceAll", String.class, String.class)
                .check(LIBRARY);
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
                .check(LIBRARY);
    }

    @Test
    @DisplayName("one class reads certificates, one the clock of the machine, and one lets futures time out")
    void oneOfEachTool() throws IOException {
        assertThat(naming("CertificateFactory")).containsExactly("X509Reader.java");
        assertThat(naming("nanoTime")).containsExactly("SystemTime.java");
        assertThat(naming("orTimeout|completeOnTimeout")).containsExactly("SystemTime.java");
    }

    @Test
    @DisplayName(
            "one class of the library starts processes, and one of registries; no other package of the library names that package")
    void oneClassStartsProcesses() throws IOException {
        assertThat(naming("ProcessBuilder|\\.exec\\("))
                .containsExactlyInAnyOrder("Confinement.java", "CredentialHelper.java");
        noClasses()
                .that(resideOutsideOfPackages("io.imagegate.render"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.imagegate.render")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .check(LIBRARY);
    }

    @Test
    @DisplayName("one class wires policies, registries and signatures, which the providers of two modules open")
    void oneWiring() throws IOException {
        assertThat(naming("\\.withRegistries\\(")).containsExactly("GateContent.java");
        assertThat(naming("LivePolicies\\.watch\\(recorded")).containsExactly("FollowedPolicies.java");
        assertThat(naming("import io\\.imagegate\\.signature\\.fact\\.")).containsExactly("ImageSignatures.java");
    }

    /** The files of main code that match an expression; benchmarks use the platform alone. */
    private static List<String> naming(String expression) throws IOException {
        Pattern pattern = Pattern.compile(expression);
        return Sources.under("")
                .filter(file -> file.toString().contains("/src/main/")
                        && !file.toString().contains("/benchmarks/")
                        && pattern.matcher(Sources.text(file)).find())
                .map(file -> file.getFileName().toString())
                .toList();
    }

    @Test
    @DisplayName("one class asks the machine what time it is, so that everything goes by the clock that it is given")
    void oneClock() throws IOException {
        assertThat(
                        naming(
                                "(?m)^(?! *\\*).*(?:\\b(?:Instant|LocalDate|LocalDateTime|OffsetDateTime|ZonedDateTime)\\.now\\("
                                        + "|\\bcurrentTimeMillis\\(|\\bInstantSource\\.system\\(|\\bClock\\.system|new Date\\(\\))"))
                .containsExactly("SystemTime.java");
    }

    @Test
    @DisplayName("one class of the tests looks for what machines may have, so that a bare one can be imitated")
    void oneClassLooksAtTheMachine() throws IOException {
        Pattern lookUp = Pattern.compile("getenv\\(|\"which\"|command -v [a-z]+ *[>&|]|/usr/(share|lib)/"
                + "|imagegate\\.shared|\\.\\./shared[/\"]");
        assertThat(Sources.under("").filter(file -> file.toString().matches(".*/src/(test|fuzz|testkit)/.*")))
                .hasSizeGreaterThan(200)
                .filteredOn(file -> lookUp.matcher(Sources.text(file)).find())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("Machine.java");
    }

    @Test
    @DisplayName("no property has an annotation of JUnit's own tests, since jqwik leaves such a property out")
    void everyPropertyRuns() {
        noMethods()
                .that()
                .areAnnotatedWith(Property.class)
                .should()
                .beAnnotatedWith(describe(
                        "of JUnit's own tests",
                        annotation -> annotation.getRawType().getPackageName().startsWith("org.junit.jupiter")))
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                        .importPackages("io.imagegate"));
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
