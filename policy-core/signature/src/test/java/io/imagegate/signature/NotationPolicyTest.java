package io.imagegate.signature;

import static io.imagegate.signature.TestNotation.authority;
import static io.imagegate.signature.TestNotation.person;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.Digest;
import io.imagegate.registry.Registries;
import io.imagegate.review.ImageReview;
import io.imagegate.signature.fact.SignedImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies with signers of Notation, from their files to decisions, with caches that keep what was verified. */
class NotationPolicyTest {

    private static final String FIELDS = "roots: [{file: ca.pem}], identities: ['C=DE, ST=BE, O=acme']";

    @TempDir
    Path folder = Path.of("");

    private final TestRegistry registry = new TestRegistry();
    private final Registries registries = registry.open(TestRegistry.onlyVerified());
    private final SignedImages images = SignedImages.of(registries);
    private final TestCertificate root = authority("acme root").issuedBy(null);
    private final TestCertificate leaf = person("release").issuedBy(root);
    private final Digest image = registry.image("acme/api", "1.0.0", "api");

    @BeforeEach
    void files() throws IOException {
        Files.write(folder.resolve("ca.pem"), root.pem());
        registry.notation("acme/api", image, about(TestNotation.by(leaf, root)));
    }

    @AfterEach
    void close() {
        images.close();
        registries.close();
        registry.close();
    }

    private TestNotation about(TestNotation signature) {
        return signature.payload(
                TestNotation.payload(TestRegistry.MANIFEST, image.toString(), registry.size("acme/api", image), ""));
    }

    private Decision decide(String signers, String rule) throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec:
                  signers: {%s}
                  rules: [{name: signed, signature: {%s}}]
                """.formatted(signers, rule));
        PolicySet policies = new PolicyDocuments().withSignatures(trust -> {}).load(policy);
        String name = registry.image("acme/api", image).text();
        return ImageGate.of(() -> policies, images).decide(ImageReview.of(name), Duration.ofMinutes(2));
    }

    private Decision decide(String fields) throws IOException {
        return decide("notary: {notation: {" + fields + "}}", "by: [$notary]");
    }

    private void writeCrl(TestCrl crl) throws IOException {
        Instant now = Instant.now();
        byte[] der = crl.updates(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)))
                .encoded();
        Files.writeString(folder.resolve("ca.crl"), TestKey.pem("X509 CRL", der), StandardCharsets.US_ASCII);
    }

    @Test
    @DisplayName("a signature in either envelope satisfies the rule, another identity and another root do not")
    void signed() throws IOException {
        assertThat(decide(FIELDS).allowed()).isTrue();
        registry.notation("acme/api", image, about(TestNotation.by(leaf, root)), about(TestNotation.by(leaf, root)));
        assertThat(decide(FIELDS.replace("O=acme", "O=acme, CN=release"))
                        .auditAnnotations()
                        .get("verified"))
                .contains("signed by notary");
        assertThat(decide(FIELDS.replace("O=acme", "O=acme, CN=other")).reason())
                .contains(
                        "it is not signed by notary; found one signed with the certificate of \"CN=release,O=acme,ST=BE,C=DE\"")
                .contains("expected a certificate of \"C=DE, ST=BE, O=acme, CN=other\"");
        Files.write(
                folder.resolve("ca.pem"), authority("new root").issuedBy(null).pem());
        assertThat(decide(FIELDS).reason())
                .contains("under the root \"CN=acme root,O=acme,ST=BE,C=DE\", which is no root of the signer");
    }

    @Test
    @DisplayName("a new list of revoked certificates counts at once, whatever is in the caches")
    void revoked() throws IOException {
        String fields = FIELDS + ", crls: [{file: ca.crl}], revocation: required";
        writeCrl(TestCrl.of(root));
        assertThat(decide(fields).allowed()).isTrue();
        writeCrl(TestCrl.of(root).revoke(leaf, Instant.parse("2026-11-01T00:00:00Z"), 1));
        assertThat(decide(fields).reason())
                .contains("one signed with a certificate that is revoked: \"CN=acme root")
                .contains("as of 2026-11-01T00:00:00Z (keyCompromise)");
        writeCrl(TestCrl.of(root));
        assertThat(decide(fields).allowed()).isTrue();
        writeCrl(TestCrl.of(authority("acme root").issuedBy(null)));
        assertThat(decide(fields).reason())
                .contains("whether a certificate is revoked is not known: no CRL of that name is signed by");
    }

    @Test
    @DisplayName("one public key behind signers of two kinds counts once")
    void oneKey() throws IOException {
        TestKey key = TestKey.p256();
        Files.write(folder.resolve("cosign.pub"), key.pem());
        String signers =
                "release: {keys: [{file: cosign.pub}]}, office: {certificate: {roots: [{file: ca.pem}], subject:"
                        + " 'CN=*,O=acme,ST=BE,C=DE'}}";
        String rule = "by: [$release, $office], atLeast: ";
        TestBundle plain = signature(TestBundle.by(key));
        TestBundle sameKey = signature(TestBundle.by(person(key, "release").issuedBy(root)));
        registry.bundles("acme/api", image, plain, sameKey);
        assertThat(decide(signers, rule + 2).reason()).contains("it is signed by ");
        assertThat(decide(signers, rule + 1).reason()).isEmpty();
        registry.bundles("acme/api", image, plain, signature(TestBundle.by(leaf)));
        assertThat(decide(signers, rule + 2).reason()).isEmpty();
        registry.bundles("acme/api", image, sameKey, plain, signature(TestBundle.by(leaf)));
        assertThat(decide(signers, rule + 2).reason()).isEmpty();
    }

    private TestBundle signature(TestBundle bundle) {
        return bundle.payload(TestBundle.statement(image, SignedContent.COSIGN_SIGN, "{}"));
    }

    @Test
    @DisplayName("several signers need certificates of several subjects")
    void several() throws IOException {
        String signers =
                "one: {notation: {" + FIELDS + "}}, two: {notation: {" + FIELDS + ", timestamps: [{file: ca.pem}]}}";
        String rule = "by: [$one, $two], atLeast: 2";
        assertThat(decide(signers, rule).allowed()).isFalse();
        TestCertificate same = person("release").issuedBy(root);
        registry.notation("acme/api", image, about(TestNotation.by(leaf, root)), about(TestNotation.by(same, root)));
        assertThat(decide(signers, rule).allowed()).isFalse();
        TestCertificate colleague = person("colleague").issuedBy(root);
        registry.notation(
                "acme/api", image, about(TestNotation.by(leaf, root)), about(TestNotation.by(colleague, root)));
        assertThat(decide(signers, rule).allowed()).isTrue();
    }

    @Test
    @DisplayName("a layer of Notation in a manifest of another type is none, and another size in the target violates")
    void manifests() throws IOException {
        registry.notationAs("text/plain", "acme/api", image, about(TestNotation.by(leaf, root)));
        assertThat(decide(FIELDS).reason()).contains("has no signature");
    }

    @Test
    @DisplayName("another size or media type in the payload violates")
    void target() throws IOException {
        registry.notation(
                "acme/api",
                image,
                TestNotation.by(leaf, root)
                        .payload(TestNotation.payload(
                                TestRegistry.MANIFEST, image.toString(), registry.size("acme/api", image) + 1, "")));
        assertThat(decide(FIELDS).reason()).contains("the payload is about a manifest of");
    }

    @Test
    @DisplayName("a timestamp of the own authority keeps what an expired certificate signed, another one does not")
    void timestamps() throws IOException {
        TestTimestamps time = TestTimestamps.named("acme time");
        Files.write(folder.resolve("tsa.pem"), time.root.pem());
        TestCertificate ended = person("release")
                .lives(TestSigstore.SIGNED.minusSeconds(60), TestSigstore.SIGNED.plusSeconds(60))
                .issuedBy(root);
        String stamped = FIELDS + ", timestamps: [{file: tsa.pem}]";
        registry.notation("acme/api", image, about(TestNotation.by(ended, root)));
        assertThat(decide(stamped).reason()).contains("holds from 2026-06-01T11:59:00Z");
        for (boolean own : new boolean[] {false, true}) {
            TestNotation signature = about(TestNotation.by(ended, root));
            TestTimestamps by = own ? time : TestTimestamps.named("acme time");
            signature.stamp(by.stampWithCertificate(signature.signature(false), TestSigstore.SIGNED));
            registry.notation("acme/api", image, signature);
            assertThat(decide(stamped).allowed()).isEqualTo(own);
            assertThat(decide(FIELDS).reason()).contains("holds from 2026-06-01T11:59:00Z", "2026-06-01T12:01:00Z");
        }
    }

    @Test
    @DisplayName("a list that has ended leaves it open, and is not asked about certificates of others")
    void listsGiven() throws IOException {
        String fields = FIELDS + ", crls: [{file: ca.crl}]";
        Instant now = Instant.now();
        TestCrl ended = TestCrl.of(root).updates(now.minus(Duration.ofDays(9)), now.minus(Duration.ofDays(1)));
        Files.writeString(folder.resolve("ca.crl"), TestKey.pem("X509 CRL", ended.encoded()));
        assertThat(decide(fields).reason()).contains("whether a certificate is revoked is not known: ");
        writeCrl(TestCrl.of(authority("stranger").issuedBy(null)));
        assertThat(decide(fields).allowed()).isTrue();
        assertThat(decide(fields + ", revocation: required").reason()).contains("there is no CRL of \"CN=acme root");
    }

    @Test
    @DisplayName("user metadata is demanded by annotations, and a signature past its expiry does not count")
    void metadataAndExpiry() throws IOException {
        String signers = "notary: {notation: {" + FIELDS + "}}";
        String team = ",\"annotations\":{\"team\":\"payments\"}";
        long size = registry.size("acme/api", image);
        TestNotation signature = TestNotation.by(leaf, root)
                .payload(TestNotation.payload(TestRegistry.MANIFEST, image.toString(), size, team));
        registry.notation("acme/api", image, signature);
        assertThat(decide(signers, "by: [$notary], annotations: {team: payments}")
                        .allowed())
                .isTrue();
        assertThat(decide(signers, "by: [$notary], annotations: {team: web}").reason())
                .contains("has the annotation \"team\" with the value \"payments\"; expected \"web\"");
        Instant now = Instant.now();
        registry.notation("acme/api", image, about(TestNotation.by(leaf, root).expires(now.minusSeconds(1))));
        assertThat(decide(FIELDS).reason()).contains("the signature expired at ");
        registry.notation("acme/api", image, about(TestNotation.by(leaf, root).expires(now.plusSeconds(3_600))));
        assertThat(decide(FIELDS).allowed()).isTrue();
    }
}
