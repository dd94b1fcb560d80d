package io.imagegate.rule;

import static io.imagegate.rule.SignerSamples.DIGEST;
import static io.imagegate.rule.SignerSamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.PredicateValue;
import io.imagegate.predicate.Predicates;
import io.imagegate.predicate.SbomLicenses;
import io.imagegate.signer.AttestationType;
import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Signer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A rule on licenses")
class LicensesTest {

    private static final Signer CI = SignerSamples.key("ci", 1);
    private static final JsonPointer CREATED = new JsonPointer("/creationInfo/created");
    private static final Licenses AGPL = Licenses.deny("AGPL-3.0-only");
    private static final AttestationRule SPDX = AttestationRule.of(AttestationType.parse("spdx"), CI);
    private static final String SBOM = "the SBOM by ci of 2026-11-20T06:00:00Z ";

    private static SignedBy sbom(String json) {
        return SignedBy.of(CI, Signatory.key("sha256:11"), DIGEST)
                .withPredicate(SPDX.need().type(), Map.of())
                .withContent(SbomLicenses.query(), Predicates.of(json).content(SbomLicenses.query(), DIGEST));
    }

    private static SignedBy sbom(String json, String date) {
        return sbom(json).withPredicate(SPDX.need().type(), Map.of(CREATED, PredicateValue.text(date)));
    }

    private static Finding check(Licenses condition, SignedBy... sboms) {
        AttestationRule rule = SPDX.with(condition);
        ImageFacts facts = ImageFacts.at(NOW)
                .with(Need.DIGEST, Fact.known(DIGEST))
                .with(rule.need(), Fact.known(SignatureFacts.of(List.of(sboms))));
        return rule.check(SignerSamples.candidate("acme/api:1", facts));
    }

    private static Finding check(Licenses condition, String json) {
        return check(condition, sbom(json, "2026-11-20T06:00:00Z"));
    }

    private static String spdx(String... packages) {
        return "{'spdxVersion':'SPDX-2.3','packages':[" + String.join(",", packages) + "]}";
    }

    private static String declared(String name, String license) {
        return "{'name':'" + name + "','versionInfo':'1','licenseConcluded':'NOASSERTION','licenseDeclared':'" + license
                + "'}";
    }

    private static String cycloneDx(String... components) {
        return "{'bomFormat':'CycloneDX','components':[" + String.join(",", components) + "]}";
    }

    @Test
    @DisplayName("denies licenses, and names the first three and their packages")
    void denied() {
        assertThat(check(AGPL, spdx(declared("a", "MIT"), declared("b", "AGPL-3.0-only OR MIT")))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(AGPL, spdx(declared("a", "MIT"), declared("b", "AGPL-3.0"), declared("c", "AGPL-3.0"))))
                .hasToString("VIOLATED: " + SBOM + "has licenses that are not allowed: AGPL-3.0 of b 1 and 1 more");
        assertThat(check(
                                Licenses.allow("MIT"),
                                spdx(
                                        declared("a", "MIT"),
                                        declared("b", "ISC"),
                                        declared("c", "Zlib AND MIT"),
                                        declared("d", "curl"),
                                        declared("e", "Foo"),
                                        declared("f", "X11")))
                        .toString())
                .endsWith("ISC of b 1, Zlib AND MIT of c 1, curl of d 1, and 1 more");
    }

    @Test
    @DisplayName("is undecidable where a license is not known, with the reason of each package")
    void unknown() {
        assertThat(check(
                        AGPL,
                        spdx(
                                declared("a", "MIT"),
                                declared("b", "NOASSERTION"),
                                "{'name':'c'}",
                                declared("d", "The \\u202e License"))))
                .hasToString("UNDECIDABLE: " + SBOM
                        + "does not say for all packages whether their licenses are allowed:"
                        + " b 1 (the license is NOASSERTION), c (no license is stated),"
                        + " d 1 (\"The \\u202e License\" is not a license expression of SPDX)");
        assertThat(check(Licenses.deny("GPL-2.0-only"), spdx(declared("jdk", "GPL-2.0 WITH Classpath-exception-2.0")))
                        .toString())
                .startsWith("UNDECIDABLE: ")
                .endsWith(
                        "jdk 1 (whether GPL-2.0-only WITH Classpath-exception-2.0 is allowed depends on its exception,"
                                + " and the policy names GPL-2.0-only alone)");
        assertThat(check(AGPL, spdx(declared("a", "LicenseRef-Acme"))).toString())
                .startsWith("UNDECIDABLE: ")
                .endsWith("a 1 (licenseref-acme is a license of this document alone, and the policy does not name it)");
        assertThat(check(AGPL, spdx(declared("a", "Foo"), declared("b", "AGPL-3.0-only")))
                        .outcome())
                .isEqualTo(Outcome.VIOLATED);
    }

    @ParameterizedTest(name = "deny {0}, allow {1}: {2}")
    @CsvSource(
            delimiter = '#',
            value = {
                "GPL-2.0-only # # GPL-2.0-or-later # SATISFIED",
                "GPL-2.0-or-later # # GPL-2.0-or-later # VIOLATED",
                "GPL-2.0-or-later # # GPL-3.0-only # VIOLATED",
                "GPL-3.0-or-later # # GPL-2.0-only # SATISFIED",
                "GPL-3.0-or-later # # GPL-2.0-only AND GPL-3.0 # VIOLATED",
                "# GPL-2.0-or-later # GPL-3.0-only # SATISFIED",
                "# GPL-3.0-only # GPL-2.0-or-later # SATISFIED",
                "# GPL-3.0-only # GPL-2.0-only # VIOLATED",
                "# GPL-2.0-only # GPL-2.0-only WITH Classpath-exception-2.0 # UNDECIDABLE",
                "# MIT # GPL-2.0-only WITH Classpath-exception-2.0 # VIOLATED",
                "MIT # # GPL-2.0-only WITH Classpath-exception-2.0 # SATISFIED",
                "GPL-2.0-only WITH Classpath-exception-2.0 # # GPL-2.0-only WITH Classpath-exception-2.0 # VIOLATED",
                "GPL-2.0-only WITH Classpath-exception-2.0 # # GPL-2.0-only # SATISFIED",
                "GPL-2.0-only # GPL-2.0-only WITH Classpath-exception-2.0 # GPL-2.0-only WITH Classpath-exception-2.0 # SATISFIED",
                "# licenseref-ACME # LicenseRef-Acme # SATISFIED",
                "LicenseRef-acme # # LicenseRef-Acme # VIOLATED",
                "MIT # MIT # MIT # VIOLATED",
                "MIT # ISC # MIT OR ISC # SATISFIED",
                "GPL-3.0-only # MIT # GPL-3.0-only OR Foo # UNDECIDABLE",
                "GPL-3.0-only # # GPL-3.0-only OR Foo # UNDECIDABLE",
                "GPL-3.0-only # # GPL-3.0-only AND Foo # VIOLATED",
            })
    @DisplayName("has choices, later versions and exceptions")
    void lists(String deny, String allow, String license, Outcome outcome) {
        Licenses condition = deny == null ? Licenses.allow(allow) : Licenses.deny(deny);
        Licenses both = deny == null || allow == null ? condition : condition.withAllowed(allow);
        assertThat(check(both, spdx(declared("a", license))).outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "'licenseConcluded':'MIT','licenseDeclared':'AGPL-3.0-only' # SATISFIED",
                "'licenseDeclared':'AGPL-3.0-only','licenseConcluded':'MIT' # SATISFIED",
                "'licenseConcluded':'AGPL-3.0-only','licenseDeclared':'MIT' # VIOLATED",
                "'licenseConcluded':'NOASSERTION','licenseDeclared':'AGPL-3.0-only' # VIOLATED",
                "'licenseConcluded':'NOASSERTION','licenseDeclared':'NOASSERTION' # UNDECIDABLE",
                "'licenseConcluded':'NONE','licenseDeclared':'MIT' # UNDECIDABLE",
                "'licenseDeclared':'NONE' # UNDECIDABLE",
                "'licenseConcluded':null # UNDECIDABLE",
                "'primaryPackagePurpose':'CONTAINER','licenseDeclared':'NOASSERTION' # SATISFIED",
                "'primaryPackagePurpose':'CONTAINER','licenseDeclared':'AGPL-3.0-only' # VIOLATED",
                "'primaryPackagePurpose':'APPLICATION' # UNDECIDABLE",
                "'licenseDeclared':['MIT'] # UNDECIDABLE",
            })
    @DisplayName("takes from SPDX what the author concluded, else what the package declares")
    void spdxFields(String fields, Outcome outcome) {
        assertThat(check(AGPL, spdx(declared("a", "MIT"), "{'name':'b'," + fields + "}"))
                        .outcome())
                .isEqualTo(outcome);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "{'name':'a','licenses':[{'license':{'id':'MIT'}}]} # SATISFIED",
                "{'name':'a','licenses':[{'license':{'name':'mit'}}]} # SATISFIED",
                "{'name':'a','licenses':[{'license':{'name':'MIT License'}}]} # UNDECIDABLE",
                "{'name':'a','licenses':[{'expression':'MIT OR AGPL-3.0-only'}]} # SATISFIED",
                "{'name':'a','licenses':[{'license':{'id':'MIT'}},{'license':{'id':'AGPL-3.0-only'}}]} # VIOLATED",
                "{'name':'a','licenses':[{'license':{'id':'MIT'}},{'license':{}}]} # UNDECIDABLE",
                "{'name':'a','licenses':[{'license':{'id':'AGPL-3.0-only','acknowledgement':'declared'}},{'license':{'id':'MIT','acknowledgement':'concluded'}}]} # SATISFIED",
                "{'name':'a','licenses':[{'expression':'AGPL-3.0-only','acknowledgement':'concluded'},{'license':{'id':'MIT'}}]} # VIOLATED",
                "{'name':'a','licenses':[]} # UNDECIDABLE",
                "{'name':'a','licenses':null} # UNDECIDABLE",
                "{'name':'a'} # UNDECIDABLE",
                "{'name':'a','licenses':[{'license':'MIT'}]} # UNDECIDABLE",
                "{'type':'operating-system','name':'debian'},{'type':'file','name':'/x','licenses':[{'license':{'id':'MIT'}}]} # SATISFIED",
                "{'type':'file','name':'/x','licenses':[{'license':{'id':'AGPL-3.0-only'}}]} # VIOLATED",
                "{'name':'a','licenses':[{'license':{'id':'MIT'}}],'components':[{'name':'b','licenses':[{'license':{'id':'AGPL-3.0'}}]}]} # VIOLATED",
                "{'name':'a','licenses':[{'license':{'id':'MIT'}}],'licenses':[]} # UNDECIDABLE",
            })
    @DisplayName("takes from CycloneDX ids, names and expressions, also of components in components")
    void cycloneDxFields(String components, Outcome outcome) {
        assertThat(check(AGPL, cycloneDx(components)).outcome()).isEqualTo(outcome);
    }

    @Test
    @DisplayName("checks the component that a document of CycloneDX is about, if its license is stated")
    void mainComponent() {
        String mit = "{'name':'a','licenses':[{'license':{'id':'MIT'}}]}";
        assertThat(check(AGPL, cycloneDx(mit).replace("{'bom", "{'metadata':{'component':{'name':'app'}},'bom"))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(
                                AGPL,
                                cycloneDx(mit)
                                        .replace(
                                                "{'bom",
                                                "{'metadata':{'component':" + mit.replace("MIT", "AGPL-3.0")
                                                        + "},'bom"))
                        .outcome())
                .isEqualTo(Outcome.VIOLATED);
    }

    @Test
    @DisplayName("reads no document of another form")
    void forms() {
        String expected =
                "UNDECIDABLE: " + SBOM + "cannot be read: the SBOM: the predicate: expected a document of SPDX 2"
                        + " with packages, or of CycloneDX with components";
        assertThat(check(AGPL, "{}")).hasToString(expected);
        assertThat(check(AGPL, "{'spdxVersion':'SPDX-3.0','packages':[]}")).hasToString(expected);
        assertThat(check(AGPL, "{'spdxVersion':'SPDX-2.3'}")).hasToString(expected);
        assertThat(check(AGPL, "{'bomFormat':'CycloneDX'}")).hasToString(expected);
        assertThat(check(AGPL, spdx(declared("a", "MIT")).replace("{'spdx", "{'components':[],'spdx")))
                .hasToString(expected);
        assertThat(check(AGPL, "'SPDXVersion: SPDX-2.3'"))
                .hasToString("UNDECIDABLE: " + SBOM + "cannot be read: the SBOM: the predicate: expected an object");
        assertThat(check(AGPL, cycloneDx()))
                .hasToString("UNDECIDABLE: " + SBOM + "cannot be read: the SBOM has no packages");
    }

    @Test
    @DisplayName("reads at most 100,000 packages, and texts within limits")
    void limits() {
        String package1 = declared("a", "MIT") + ",";
        assertThat(check(AGPL, spdx(package1.repeat(99_999) + declared("a", "MIT")))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(AGPL, spdx(package1.repeat(100_000) + declared("a", "MIT"))))
                .hasToString("UNDECIDABLE: " + SBOM + "cannot be read: the SBOM has more than 100000 packages");
        assertThat(check(AGPL, spdx(declared("a", "x".repeat(60_000)))).outcome())
                .isEqualTo(Outcome.UNDECIDABLE);
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 4_000; i++) {
            many.append(declared("a", "MIT AND ".repeat(40) + "LicenseRef-" + i))
                    .append(',');
        }
        assertThat(check(AGPL, spdx(many + declared("b", "MIT"))).toString())
                .startsWith("UNDECIDABLE: " + SBOM + "cannot be read: the SBOM has more than 1048576 characters");
    }

    @Test
    @DisplayName("has the newest SBOM by its own date, else that of its certificate, decide")
    void newest() {
        String good = spdx(declared("a", "MIT"));
        String bad = spdx(declared("a", "AGPL-3.0-only"));
        assertThat(check(AGPL, sbom(bad, "2026-11-19T00:00:00Z"), sbom(good, "2026-11-20T00:00:00Z"))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(AGPL, sbom(good, "2026-11-19T00:00:00Z"), sbom(bad, "2026-11-20T00:00:00Z"))
                        .outcome())
                .isEqualTo(Outcome.VIOLATED);
        Instant issued = Instant.parse("2026-11-19T12:00:00Z");
        assertThat(check(AGPL, sbom(bad, "2026-11-19T00:00:00Z"), sbom(good).withIssued(issued))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(AGPL, sbom(good, "2026-11-20T00:00:00Z"), sbom(bad).withIssued(issued))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(check(AGPL, sbom(good)))
                .hasToString("UNDECIDABLE: the SBOM by ci has no date, so a newer one may say something else");
        assertThat(check(AGPL, sbom(good, "yesterday").withIssued(issued)).outcome())
                .isEqualTo(Outcome.UNDECIDABLE);
        assertThat(check(AGPL, sbom(good, "2027-11-20T00:00:00Z")).outcome()).isEqualTo(Outcome.VIOLATED);
    }

    @Test
    @DisplayName("is of bills of materials alone, of any version of their types")
    void types() {
        assertThatThrownBy(() ->
                        AttestationRule.of(AttestationType.parse("vuln"), CI).with(AGPL))
                .hasMessage("attestations vuln have no licenses, expected type: spdx or cyclonedx beside license");
        for (String type : List.of("spdxjson", "cyclonedx", "https://spdx.dev/Document/v2.3")) {
            AttestationType sbom = AttestationType.parse(type);
            assertThat(sbom.date()).isPresent();
            assertThat(AttestationRule.of(sbom, CI).with(AGPL).need().newest()).isTrue();
        }
        assertThat(AttestationType.parse("https://spdx.dev/Documents").isSbom()).isFalse();
        assertThatThrownBy(Licenses::deny).hasMessage("expected at least one license, got none");
        assertThat(AGPL.withAllowed("mit")).hasToString("deny [AGPL-3.0-only] allow [MIT]");
        assertThat(Licenses.deny("agpl-3.0")).isEqualTo(AGPL).hasSameHashCodeAs(AGPL);
    }
}
