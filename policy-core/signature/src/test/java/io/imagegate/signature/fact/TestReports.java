package io.imagegate.signature.fact;

import java.util.Locale;

/** Makes predicates with reports as Trivy and Grype write them. */
final class TestReports {

    static final String VULN = "https://cosign.sigstore.dev/attestation/vuln/v1";
    static final String VEX = "https://openvex.dev/ns";
    static final String VSA = "https://slsa.dev/verification_summary/v1";

    /** Ten findings in turn: one critical, two high. */
    private static final String[] SEVERITIES = {
        "CRITICAL", "HIGH", "HIGH", "MEDIUM", "MEDIUM", "MEDIUM", "LOW", "LOW", "LOW", "UNKNOWN"
    };

    /** As long as descriptions usually are. */
    private static final String DESCRIPTION = "A flaw was found in the parser of this library. ".repeat(14);

    private TestReports() {}

    private static String severity(int number) {
        return SEVERITIES[number % SEVERITIES.length];
    }

    static String id(int number) {
        return String.format(Locale.ROOT, "CVE-2026-%05d", number);
    }

    static String trivy(int findings, String date) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < findings; i++) {
            list.append(i == 0 ? "" : ",").append(trivyFinding(i));
        }
        return predicate(
                "pkg:github/aquasecurity/trivy@0.57.0",
                "{\"SchemaVersion\":2,\"ArtifactType\":\"container_image\",\"Results\":[{\"Target\":\"debian\",\"Class\":"
                        + "\"os-pkgs\",\"Vulnerabilities\":[" + list
                        + "]},{\"Target\":\"Java\",\"Vulnerabilities\":null}]}",
                date);
    }

    private static String trivyFinding(int number) {
        String name = "package-" + number / 5;
        return "{\"VulnerabilityID\":\"" + id(number) + "\",\"PkgID\":\"" + name + "@1.2.3-4\",\"PkgName\":\"" + name
                + "\",\"PkgIdentifier\":{\"PURL\":\"pkg:deb/debian/" + name
                + "@1.2.3-4?arch=amd64\\u0026distro=debian-12.4\",\"UID\":\"5f0a\"},\"InstalledVersion\":\"1.2.3-4\","
                + (number % 2 == 0 ? "\"FixedVersion\":\"1.2.4\"," : "")
                + "\"Status\":\"affected\",\"Layer\":{\"DiffID\":\"sha256:" + "5".repeat(64)
                + "\"},\"SeveritySource\":\"nvd\",\"PrimaryURL\":\"https://avd.aquasec.com/nvd/" + id(number)
                + "\",\"Title\":\"a flaw\",\"Description\":\"" + DESCRIPTION + "\",\"Severity\":\"" + severity(number)
                + "\",\"CweIDs\":[\"CWE-79\"],\"CVSS\":{\"nvd\":{\"V3Vector\":\"CVSS:3.1/AV:N\",\"V3Score\":9.8}},"
                + "\"References\":[" + "\"https://example.com/advisories/a\",".repeat(20)
                + "\"https://example.com/\"],\"PublishedDate\":\"2026-01-01T00:00:00Z\"}";
    }

    static String grype(int findings, String date) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < findings; i++) {
            list.append(i == 0 ? "" : ",")
                    .append("{\"vulnerability\":{\"id\":\"GHSA-" + i + "\",\"severity\":\"" + severity(i)
                            + "\",\"fix\":{\"versions\":[],\"state\":\"not-fixed\"}},\"relatedVulnerabilities\":[{\"id\":\""
                            + id(i) + "\"}],\"artifact\":{\"name\":\"p-" + i
                            + "\",\"version\":\"1\",\"purl\":\"pkg:npm/p-" + i
                            + "@1\"}}");
        }
        return predicate(
                "", "{\"matches\":[" + list + "],\"descriptor\":{\"name\":\"grype\",\"version\":\"0.80.0\"}}", date);
    }

    /** The date comes last, as cosign writes it. */
    static String predicate(String uri, String result, String date) {
        return "{\"invocation\":null,\"scanner\":{\"uri\":\"" + uri + "\",\"result\":" + result
                + "},\"metadata\":{\"scanStartedOn\":\"" + date + "\",\"scanFinishedOn\":\"" + date + "\"}}";
    }

    static String vex(String id, String status, String date) {
        return "{\"@context\":\"https://openvex.dev/ns/v0.2.0\",\"@id\":\"https://openvex.dev/docs/example/1\",\"author\":"
                + "\"security\",\"timestamp\":\"" + date
                + "\",\"version\":1,\"statements\":[{\"vulnerability\":{\"name\":\""
                + id + "\"},\"status\":\"" + status + "\"}]}";
    }

    static String vsa(String image, String result, String date) {
        return "{\"verifier\":{\"id\":\"https://verifier.example/acme\"},\"timeVerified\":\"" + date
                + "\",\"resourceUri\":\"" + image + "\",\"policy\":{\"uri\":\"https://verifier.example/policy\"},"
                + "\"verificationResult\":\"" + result + "\",\"verifiedLevels\":[\"SLSA_BUILD_LEVEL_3\"]}";
    }
}
