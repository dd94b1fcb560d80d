package io.imagegate.signature.search;

import static io.imagegate.signature.Verdicts.undecidable;
import static io.imagegate.signature.Verdicts.verified;
import static io.imagegate.signature.Verdicts.violates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.signature.Recorded;
import io.imagegate.signature.TestKey;
import io.imagegate.signature.TestSigners;
import io.imagegate.signature.Verdict;
import io.imagegate.signature.cosign.CosignForm;
import io.imagegate.signature.known.KnownForms;
import io.imagegate.signature.notation.NotationForm;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Trust;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A form of signatures beside those of cosign and Notation is a class and a place in the list. */
class ThirdFormTest {

    private static final Digest IMAGE = Recorded.IMAGE;
    private static final String TYPE = "application/vnd.oci.image.index.v1+json";
    private static final KnownForms THREE =
            new KnownForms(List.of(new CosignForm(), new NotationForm(), new ExampleForm()));

    private final TestKey key = TestKey.p256();
    private final Signer signer = TestSigners.keys(List.of(TestSigners.key(key.pem())));
    private final MemoryStore store = new MemoryStore();

    private StoredManifest signed(int number, Optional<Digest> subject, String digest, long size) {
        byte[] line = (TYPE + " " + digest + " " + size).getBytes(StandardCharsets.UTF_8);
        String signature = Base64.getEncoder().encodeToString(key.sign(line));
        return store.manifest(
                number,
                subject,
                store.blob(number + 100, ExampleForm.TYPE, line, Map.of(ExampleForm.SIGNATURE, signature)));
    }

    private List<Verdict> search(KnownForms forms, Signer by) {
        store.manifests.put(IMAGE, new StoredManifest(IMAGE, TYPE, 402, List.of(), Optional.empty(), ""));
        List<Verdict> verdicts = new ArrayList<>();
        SearchTurns turns = (bytes, verification) -> {
            verification.run();
            return CompletableFuture.completedFuture(null);
        };
        new SignatureSearch(TestSigners.verifier(forms), store, turns, forms)
                .signatures(IMAGE, List.of(by), Instant.EPOCH, finding -> verdicts.addAll(finding.verdicts()))
                .join();
        return verdicts;
    }

    @Test
    @DisplayName("is found by its tag and among what refers to the image, and verified")
    void found() {
        store.tags.put(
                "sha256-" + IMAGE.hex() + ".example", Fact.known(signed(1, Optional.empty(), IMAGE.toString(), 402)));
        assertThat(search(THREE, signer)).hasSize(1).allSatisfy(verdict -> verified(verdict));
        store.refer(signed(2, Optional.of(IMAGE), IMAGE.toString(), 402), Map.of());
        assertThat(search(THREE, signer)).hasSize(2).allSatisfy(verdict -> verified(verdict));
        assertThat(search(KnownForms.ALL, signer)).isEmpty();
    }

    @Test
    @DisplayName("is read before others that are less likely")
    void likely() {
        store.refer(signed(1, Optional.of(IMAGE), "sha256:" + "b".repeat(64), 402), Map.of());
        store.refer(signed(2, Optional.of(IMAGE), IMAGE.toString(), 402), Map.of(ExampleForm.SIGNATURE, ""));
        verified(search(THREE, signer).get(0));
    }

    @Test
    @DisplayName("counts only for the manifest that it binds, and for signers of this form")
    void refused() {
        store.refer(signed(1, Optional.of(IMAGE), IMAGE.toString(), 401), Map.of());
        violates(search(THREE, signer).get(0), SignatureFault.DIGEST, "401 bytes");
        Signer stranger =
                TestSigners.keys(List.of(TestSigners.key(TestKey.p256().pem())));
        violates(search(THREE, stranger).get(0), SignatureFault.SIGNATURE, "another key");
        Signer notary = TestSigners.notary("trust/notation-ca.pem", "C=DE, ST=BE, O=acme");
        violates(
                search(THREE, notary).get(0),
                SignatureFault.MATERIAL,
                "signed in the form of Example, expected a signature in the form of Notation with a certificate");
    }

    /** A kind of signers that no form has. */
    private record Stranger(String name) implements Signer {

        @Override
        public String identity() {
            return "stranger";
        }

        @Override
        public Optional<Trust> trust() {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return "a strange key";
        }
    }

    @Test
    @DisplayName("signers of a kind that no form has are refused when they are loaded, and nothing counts for them")
    void unknownKind() {
        Signer stranger = new Stranger("x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestSigners.verifier(THREE).requireUsable(stranger))
                .withMessage(
                        "signer x: signatures with a strange key have no form that can be verified here, expected another"
                                + " kind of signer");
        store.refer(signed(1, Optional.of(IMAGE), IMAGE.toString(), 402), Map.of());
        undecidable(search(THREE, stranger).get(0), "no form that can be verified here");
    }
}
