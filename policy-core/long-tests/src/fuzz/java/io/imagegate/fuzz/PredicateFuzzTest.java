package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.fact.Fact;
import io.imagegate.predicate.ContentQuery;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.LicenseExpression;
import io.imagegate.predicate.PredicateContent;
import io.imagegate.predicate.PredicateReader;
import io.imagegate.predicate.SbomLicenses;
import io.imagegate.predicate.ScanReport;
import io.imagegate.predicate.VexDocument;
import io.imagegate.predicate.VulnerabilitySeverity;
import io.imagegate.reference.Digest;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What an attestation says, as the result of a scanner, VEX, a bill of materials and single values, is read or undecidable. */
@WhereJazzerRuns
class PredicateFuzzTest {

    private static final Digest IMAGE = Digest.parse("sha256:" + "a".repeat(64));
    private static final Set<JsonPointer> POINTERS =
            Set.of(new JsonPointer("/builder/id"), new JsonPointer("/a/0/b"), new JsonPointer("/packages/0/name"));

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "{\"scanner\":{\"uri\":\"pkg:github/aquasecurity/trivy@0.5\",\"result\":{\"SchemaVersion\":2,\"Results\":"
                                + "[{\"Vulnerabilities\":[{\"VulnerabilityID\":\"CVE-1\",\"Severity\":\"HIGH\",\"FixedVersion\":\"2\","
                                + "\"PkgIdentifier\":{\"PURL\":\"pkg:deb/debian/a@1\"}}]}]}},\"metadata\":{\"scanFinishedOn\":"
                                + "\"2026-01-01T00:00:00Z\"}}",
                        "{\"scanner\":{\"result\":{\"matches\":[{\"vulnerability\":{\"id\":\"CVE-1\",\"severity\":\"Critical\",\"fix\":"
                                + "{\"state\":\"fixed\"}},\"artifact\":{\"purl\":\"pkg:deb/debian/a@1\"}}]}}}",
                        "{\"@context\":\"https://openvex.dev/ns/v0.2.0\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"statements\":"
                                + "[{\"vulnerability\":{\"name\":\"CVE-1\",\"aliases\":[\"GHSA-1\"]},\"status\":\"not_affected\",\"products\":"
                                + "[{\"@id\":\"pkg:oci/a@sha256%3A" + "a".repeat(64)
                                + "\",\"subcomponents\":[{\"@id\":\"pkg:deb/debian/a@1\"}]}],"
                                + "\"justification\":\"component_not_present\"}]}",
                        "{\"spdxVersion\":\"SPDX-2.3\",\"packages\":[{\"name\":\"a\",\"licenseConcluded\":\"(MIT OR GPL-2.0+) AND"
                                + " Apache-2.0 WITH LLVM-exception\"}],\"hasExtractedLicensingInfos\":[]}",
                        "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"components\":[{\"name\":\"a\",\"licenses\":[{\"license\":"
                                + "{\"id\":\"MIT\"}},{\"expression\":\"MIT\"}],\"components\":[]}]}",
                        "{\"builder\":{\"id\":\"x\"},\"a\":[{\"b\":1.5}]}")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aPredicateIsReadOrUndecidable(byte[] data) {
        PredicateReader reader = PredicateReader.of(() -> new ByteArrayInputStream(data));
        assertSound(reader.values(POINTERS));
        Optional<ScanReport> scan = read(
                reader, ScanReport.query(Set.of(VulnerabilitySeverity.HIGH, VulnerabilitySeverity.CRITICAL), false));
        Optional<VexDocument> vex = read(reader, VexDocument.query());
        scan.ifPresent(report -> report.vulnerabilities()
                .forEach(found -> VexDocument.excuse(vex.stream().toList(), found, Instant.MAX)));
        read(reader, SbomLicenses.query())
                .ifPresent(bill -> bill.licenses().forEach(found -> {
                    String text = found.license().toString();
                    // What had to be escaped is for people alone.
                    if (text.indexOf('\\') < 0) {
                        assertThat(LicenseExpression.parse(text)).hasToString(text);
                    }
                }));
        assertThat(LicenseExpression.parse(new String(data, UTF_8)).toString()).isNotNull();
    }

    private static <T extends PredicateContent> Optional<T> read(PredicateReader reader, ContentQuery<T> query) {
        Fact<T> found = reader.content(query, IMAGE);
        assertSound(found);
        return found.value();
    }

    private static void assertSound(Fact<?> fact) {
        assertThat(fact.state()).isIn(Fact.State.KNOWN, Fact.State.UNDECIDABLE);
        assertThat(fact.reason()).hasSizeLessThan(2000).matches("[ -~]*");
    }
}
