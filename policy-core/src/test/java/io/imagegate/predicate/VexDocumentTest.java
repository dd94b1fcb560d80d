package io.imagegate.predicate;

import static io.imagegate.predicate.Predicates.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("VEX documents")
class VexDocumentTest {

    private static final Digest IMAGE = Digest.parse("sha256:" + "a".repeat(64));
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    private static final Vulnerability OPENSSL = new Vulnerability(
            List.of("CVE-1", "GHSA-1"),
            VulnerabilitySeverity.CRITICAL,
            new Component("libssl3", "3.0.11-1", "pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=debian-12.4"));
    private static final Vulnerability WITHOUT_URL = new Vulnerability(
            List.of("CVE-1"), VulnerabilitySeverity.CRITICAL, new Component("org.acme:lib", "1.0", ""));

    private static Fact<VexDocument> read(String json) {
        return Predicates.of(json).content(VexDocument.query(), IMAGE);
    }

    private static VexDocument document(String... statements) {
        return read(json("'timestamp':'2026-11-20T00:00:00Z',", statements))
                .value()
                .orElseThrow();
    }

    private static String json(String dates, String... statements) {
        return "{'@context':'https://openvex.dev/ns'," + dates + "'statements':[" + String.join(",", statements) + "]}";
    }

    private static String statement(String status, String more) {
        return "{'vulnerability':{'name':'CVE-1'},'status':'" + status + "'" + (more.isEmpty() ? "" : "," + more) + "}";
    }

    private static boolean excuse(Vulnerability vulnerability, VexDocument... documents) {
        return VexDocument.excuse(List.of(documents), vulnerability, NOW);
    }

    private static boolean excuse(String... statements) {
        return excuse(OPENSSL, document(statements));
    }

    @ParameterizedTest
    @CsvSource({"not_affected, true", "fixed, true", "affected, false", "under_investigation, false"})
    @DisplayName("excuse what does not affect the image or is fixed, not what affects it or is under investigation")
    void status(String status, boolean excuses) {
        assertThat(excuse(statement(status, ""))).isEqualTo(excuses);
    }

    @Test
    @DisplayName("are about a vulnerability by its name or an alias, on either side")
    void names() {
        String ghsa = "{'vulnerability':{'name':'X','aliases':['GHSA-1']},'status':'fixed'}";
        assertThat(excuse(ghsa)).isTrue();
        assertThat(excuse(ghsa.replace("GHSA-1", "GHSA-12"))).isFalse();
        assertThat(excuse(ghsa.replace("GHSA-1", "ghsa-1"))).isFalse();
        assertThat(excuse(ghsa.replace("'X'", "'GHSA-1'").replace("['GHSA-1']", "null")))
                .isTrue();
        assertThat(excuse()).isFalse();
    }

    static Stream<String> products() {
        String hex = "a".repeat(64);
        return Stream.of(
                "true|{'@id':'pkg:oci/api@sha256:" + hex + "'}",
                "true|{'@id':'pkg:oci/api@sha256%3A" + hex + "?repository_url=ghcr.io/acme&tag=1#x'}",
                "true|{'@id':'https://acme.example/api','identifiers':{'purl':'pkg:oci/api@sha256:" + hex + "'}}",
                "true|{'@id':'https://acme.example/api','hashes':{'sha-256':'" + hex + "'}}",
                "true|{'@id':'pkg:oci/other@sha256:1'},{'hashes':{'sha-256':'" + hex + "'}}",
                "false|{'@id':'pkg:oci/api@sha256:" + hex.substring(1) + "b'}",
                "false|{'@id':'pkg:oci/api@sha512:" + hex + "'}",
                "false|{'@id':'pkg:oci/api'}",
                "false|{'@id':'pkg:oci/api?version=sha256:" + hex + "'}",
                "false|{'@id':'pkg:deb/debian/api@sha256:" + hex + "'}",
                "false|{'@id':'ghcr.io/acme/api@sha256:" + hex + "'}",
                "false|{'identifiers':{'cpe23':'pkg:oci/api@sha256:" + hex + "'}}",
                "false|{'hashes':{'sha-512':'" + hex + "'}}",
                "false|{'hashes':{'sha-256':'" + hex.toUpperCase(java.util.Locale.ROOT) + "'}}",
                "false|{}");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("products")
    @DisplayName("are about the image if a product has exactly its digest")
    void product(String row) {
        boolean about = row.startsWith("true|");
        String products = "'products':[" + row.substring(row.indexOf('|') + 1) + "]";
        assertThat(excuse(statement("fixed", products))).isEqualTo(about);
        // What is about something else does not end an excuse either.
        String newer = "'timestamp':'2026-11-21T00:00:00Z'," + products;
        assertThat(excuse(statement("fixed", ""), statement("affected", newer))).isEqualTo(!about);
    }

    @Test
    @DisplayName("are about the image if they name no product, as the attestation is about it")
    void noProducts() {
        assertThat(excuse(statement("fixed", "'products':null"))).isTrue();
        assertThat(excuse(statement("fixed", "'products':[]"))).isTrue();
    }

    private static boolean limited(String status, Vulnerability vulnerability, String subcomponents) {
        String products =
                "'products':[{'hashes':{'sha-256':'" + IMAGE.hex() + "'},'subcomponents':" + subcomponents + "}]";
        String newer = "'timestamp':'2026-11-21T00:00:00Z'," + products;
        String other = status.equals("fixed") ? "affected" : "fixed";
        return excuse(vulnerability, document(statement(other, ""), statement(status, newer)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true|[{'@id':'pkg:deb/debian/libssl3'}]",
                "true|[{'@id':'pkg:deb/debian/libssl3@3.0.11-1?arch=amd64'}]",
                "true|[{'@id':'pkg:apk/alpine/x'},{'identifiers':{'purl':'pkg:deb/debian/libssl3'}}]",
                "true|[]",
                "true|null",
                "false|[{'@id':'pkg:deb/debian/libssl3@3.0.12-1'}]",
                "false|[{'@id':'pkg:deb/debian/libssl3?arch=arm64'}]",
                "false|[{'@id':'pkg:deb/ubuntu/libssl3'}]",
                "false|[{'@id':'pkg:deb/debian/libssl'}]",
                "false|[{'@id':'pkg:apk/debian/libssl3'}]",
                "false|[{'@id':'pkg:deb/libssl3'}]",
                "false|[{'@id':'pkg:libssl3'}]",
            })
    @DisplayName("with subcomponents are limited to these packages, whatever they say")
    void subcomponents(boolean same, String subcomponents) {
        assertThat(limited("fixed", OPENSSL, subcomponents)).isEqualTo(same);
        boolean comparable = !subcomponents.contains("pkg:libssl3");
        assertThat(limited("affected", OPENSSL, subcomponents)).isEqualTo(!same && comparable);
    }

    @Test
    @DisplayName("compare names where the report has no package URL")
    void packagesByName() {
        assertThat(limited("fixed", WITHOUT_URL, "[{'@id':'pkg:maven/org.acme/lib@1.0'}]"))
                .isTrue();
        assertThat(limited("fixed", WITHOUT_URL, "[{'@id':'pkg:maven/org.acme/lib@1.1'}]"))
                .isFalse();
        assertThat(limited("fixed", WITHOUT_URL, "[{'@id':'pkg:maven/org.other/lib'}]"))
                .isFalse();
        assertThat(limited("fixed", WITHOUT_URL, "[{'@id':'pkg:maven/lib'}]")).isFalse();
    }

    private static String at(String status, String date) {
        return statement(status, "'timestamp':'" + date + "'");
    }

    @Test
    @DisplayName("are decided by the newest statement, in whichever document it is")
    void newest() {
        String fixed = at("fixed", "2026-11-21T00:00:00Z");
        String after = at("affected", "2026-11-21T01:00:01+01:00");
        String before = at("affected", "2026-11-20T23:59:59Z");
        assertThat(excuse(OPENSSL, document(before), document(fixed))).isTrue();
        assertThat(excuse(OPENSSL, document(fixed), document(before))).isTrue();
        assertThat(excuse(OPENSSL, document(after), document(fixed))).isFalse();
        assertThat(excuse(OPENSSL, document(fixed), document(after))).isFalse();
        assertThat(excuse(fixed, at("under_investigation", "2026-11-21T00:00:00Z")))
                .isFalse();
        assertThat(excuse(at("under_investigation", "2026-11-21T00:00:00Z"), fixed))
                .isFalse();
        assertThat(excuse(fixed, at("not_affected", "2026-11-21T00:00:00Z"))).isTrue();
        assertThat(excuse(at("fixed", NOW.toString()))).isTrue();
        assertThat(excuse(at("fixed", NOW.plusNanos(1).toString()))).isFalse();
        assertThat(excuse(fixed, at("fixed", NOW.plusNanos(1).toString()))).isFalse();
    }

    private static boolean dated(String dates, String status, String more, String otherStatus) {
        VexDocument other = document(at(otherStatus, "2026-11-22T00:00:00Z"));
        VexDocument document =
                read(json(dates, statement(status, more))).value().orElseThrow();
        return excuse(OPENSSL, document, other);
    }

    @Test
    @DisplayName("have dates in statements before those of documents; an update of the document alone excuses nothing")
    void dates() {
        String old = "'timestamp':'2026-11-20T00:00:00Z',";
        String young = "'timestamp':'2026-11-23T00:00:00Z',";
        String updated = "'last_updated':'2026-11-23T00:00:00Z',";
        assertThat(dated(young, "fixed", "", "affected")).isTrue();
        assertThat(dated(old, "fixed", "", "affected")).isFalse();
        assertThat(dated(young, "fixed", "'timestamp':'2026-11-21T00:00:00Z'", "affected"))
                .isFalse();
        assertThat(dated(old, "fixed", "'timestamp':'2026-11-23T00:00:00Z'", "affected"))
                .isTrue();
        assertThat(dated(
                        old,
                        "fixed",
                        "'timestamp':'2026-11-20T00:00:00Z','last_updated':'2026-11-23T00:00:00Z'",
                        "affected"))
                .isTrue();
        assertThat(dated(old + updated, "fixed", "", "affected")).isFalse();
        assertThat(dated(old + updated, "affected", "", "fixed")).isFalse();
        assertThat(dated(old, "affected", "", "fixed")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://openvex.dev/ns/v0.2.0 | https://openvex.dev/ns/v0.3.0 | has the @context \"https://openvex.dev/ns/v0.3.0\", expected https://openvex.dev/ns/v0.2.0",
                "https://openvex.dev/ns/v0.2.0 | https://openvex.dev/n | has the @context",
                "\"statements\" | \"statement\" | : statements: expected a list",
                "\"status\": \"not_affected\" | \"status\": \"not-affected\" | : statements[]: expected a vulnerability with its name, and a status",
                "\"status\" | \"state\" | : statements[]: expected a vulnerability",
                "{\"name\": \"CVE-2026-1111\"} | {} | : statements[]: expected a vulnerability",
                "{\"name\": \"CVE-2026-1111\"} | \"CVE-2026-1111\" | : vulnerability: expected an object",
                "{\"name\": \"CVE-2026-1111\"} | {\"name\": 7} | : vulnerability.name: expected a text",
                "\"2026-11-21T00:00:00Z\" | \"yesterday\" | : timestamp: expected a date such as",
                "\"timestamp\" | \"time\" | : timestamp: expected a date in the document or in each statement",
                "\"products\": [ | \"products\": [\"pkg:oci/api\", | : products[]: expected an object",
                "\"products\": [ | \"subcomponents\": [], \"products\": [ | : subcomponents: expected subcomponents within products",
            })
    @DisplayName("of another form cannot be read")
    void malformed(String part, String other, String problem) {
        String vex = sample("vex");
        assertThat(read(vex).state()).isEqualTo(Fact.State.KNOWN);
        String json = vex.replaceFirst(Pattern.quote(part), Matcher.quoteReplacement(other));
        assertThat(json).isNotEqualTo(vex);
        assertThat(read(json).toString())
                .startsWith("UNDECIDABLE: the VEX document" + (problem.startsWith(":") ? "" : " ") + problem);
    }

    @Test
    @DisplayName("have at most 10,000 statements, and weigh as much as they keep")
    void limits() {
        String[] most =
                Stream.generate(() -> statement("fixed", "")).limit(10_000).toArray(String[]::new);
        assertThat(document(most).weight()).isBetween(2_000_000L, 5_000_000L);
        String[] more =
                Stream.generate(() -> statement("fixed", "")).limit(10_001).toArray(String[]::new);
        assertThat(read(json("'timestamp':'2026-11-20T00:00:00Z',", more)))
                .hasToString("UNDECIDABLE: the VEX document has more than 10000 statements");
    }
}
