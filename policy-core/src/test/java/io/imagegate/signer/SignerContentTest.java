package io.imagegate.signer;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.PredicateValue;
import io.imagegate.predicate.VexDocument;
import io.imagegate.reference.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sources keep answers by content: each component of a signer, a trust and a need, changed alone, changes what they are kept by. */
class SignerContentTest {

    private static final Trust TRUST = Trust.of("public", "{}");
    private static final SigningKey KEY = SigningKey.read(text("p256.pub"));
    private static final List<X509Certificate> ROOTS = PemFile.certificates(text("ca.pem"));
    private static final List<X509Certificate> OTHERS = PemFile.certificates(text("leaf.pem"));

    private static byte[] bytes(String name) {
        try (InputStream in = SignerContentTest.class.getResourceAsStream("keys/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    /** Two signers of one kind, which differ in every component. */
    record Pair(Signer one, Signer other) {}

    static List<Pair> pairs() {
        return List.of(
                new Pair(
                        Signer.keys("a", List.of(KEY)),
                        Signer.keys("b", List.of(SigningKey.read(text("p384.pub"))))
                                .withTrust(TRUST)),
                new Pair(
                        Signer.keyless("a", TRUST, "https://issuer", "x"),
                        Signer.keyless("b", TRUST.withRequired(1, 1, 1), "https://other", "y")
                                .withCertificate(CertificateField.TRIGGER, "push")),
                new Pair(
                        Signer.certificate("a", ROOTS, "CN=a").withSubjectName("x"),
                        new CertificateSigner(
                                "b",
                                OTHERS,
                                Optional.of("CN=b"),
                                Optional.of(PathGlob.parse("y")),
                                List.of(),
                                Optional.of(TRUST))),
                new Pair(
                        Signer.certificate("a", ROOTS, "CN=a").withSubjectName("x"),
                        Signer.certificate("b", OTHERS, "CN=b")
                                .withSubjectName("y")
                                .withTimestamps(ROOTS)),
                new Pair(
                        Signer.notation("a", ROOTS, "C=DE, ST=BE, O=acme")
                                .withCrls(List.of(PemFile.crl(bytes("ca.crl")))),
                        Signer.notation("b", OTHERS, "C=FR, ST=IDF, O=acme")
                                .withTimestamps(ROOTS)
                                .withCrls(List.of(PemFile.crl(bytes("other.crl"))))
                                .withRevocation(NotationSigner.Revocation.REQUIRED)));
    }

    /** Copies of a record that have one component of another each, by the name of the component. */
    private static <T> Map<String, T> changes(T one, T other) throws ReflectiveOperationException {
        RecordComponent[] components = one.getClass().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Map<String, T> changed = new HashMap<>();
        for (int i = 0; i < components.length; i++) {
            Object[] values = new Object[components.length];
            for (int j = 0; j < components.length; j++) {
                values[j] = components[j].getAccessor().invoke(i == j ? other : one);
            }
            Object own = components[i].getAccessor().invoke(one);
            if (!Objects.equals(own, values[i])) {
                @SuppressWarnings("unchecked")
                T made = (T) one.getClass().getDeclaredConstructor(types).newInstance(values);
                changed.put(components[i].getName(), made);
            }
        }
        return changed;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    @DisplayName("each component of a signer changes its identity, except its name")
    void signers(Pair pair) throws ReflectiveOperationException {
        Map<String, Signer> changed = changes(pair.one, pair.other);
        changed.forEach((component, signer) -> assertThat(signer.identity().equals(pair.one.identity()))
                .as(component)
                .isEqualTo(component.equals("name")));
    }

    @Test
    @DisplayName("the samples differ in every component of every kind of signer")
    void allComponents() throws Exception {
        Map<Class<?>, Set<String>> changed = new HashMap<>();
        for (Pair pair : pairs()) {
            changed.computeIfAbsent(pair.one.getClass(), kind -> new TreeSet<>())
                    .addAll(changes(pair.one, pair.other).keySet());
        }
        assertThat(changed.keySet()).containsExactlyInAnyOrderElementsOf(kinds());
        changed.forEach((kind, components) -> assertThat(components)
                .as("%s", kind)
                .containsExactlyInAnyOrder(Arrays.stream(kind.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toArray(String[]::new)));
    }

    /** The kinds of signers of this package. */
    private static List<Class<?>> kinds() throws Exception {
        List<Class<?>> kinds = new ArrayList<>();
        Path folder = Path.of(Objects.requireNonNull(Signer.class.getResource("Signer.class"))
                        .toURI())
                .getParent();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*Signer.class")) {
            for (Path file : files) {
                String name = file.getFileName().toString().replace(".class", "");
                kinds.add(Class.forName(Signer.class.getPackageName() + "." + name));
            }
        }
        kinds.remove(Signer.class);
        return kinds;
    }

    @Test
    @DisplayName("a key's end, each part of an identity and each field of a certificate change the identity")
    void parts() {
        Set<String> identities = new HashSet<>();
        Signer keyless = Signer.keyless("a", TRUST, "https://issuer", "x");
        List<Signer> signers = new ArrayList<>(List.of(
                Signer.keys("a", List.of(KEY)),
                Signer.keys("a", List.of(KEY.withNotAfter(Instant.EPOCH))),
                Signer.keys("a", List.of(KEY.withNotAfter(Instant.EPOCH.plusNanos(1)))),
                Signer.notation("a", ROOTS, "C=DE, ST=BE, O=acme"),
                Signer.notation("a", ROOTS, "C=DE, ST=BE, O=acme, CN=x"),
                Signer.notation("a", ROOTS, "C=DE, ST=BE, O=acme", "C=DE, ST=BE, O=other"),
                keyless));
        for (CertificateField field : CertificateField.values()) {
            for (String glob : List.of("x", "y")) {
                signers.add(((KeylessSigner) keyless).withCertificate(field, glob));
            }
        }
        signers.forEach(signer ->
                assertThat(identities.add(signer.identity())).as("%s", signer).isTrue());
    }

    @Test
    @DisplayName("content and numbers of a trust change its identity, its name and the day of its confirmation do not")
    void trust() {
        Set<String> identities = new HashSet<>();
        List<Trust> trusts = List.of(
                TRUST,
                Trust.of("public", "{ }"),
                TRUST.withRequired(2, 0, 1),
                TRUST.withRequired(1, 1, 1),
                TRUST.withRequired(1, 0, 2));
        trusts.forEach(trust -> assertThat(identities.add(trust.identity())).isTrue());
        assertThat(Trust.of("other", "{}").withConfirmed(LocalDate.EPOCH).identity())
                .isEqualTo(TRUST.identity());
        assertThat(Trust.of("other", "{}")).isNotEqualTo(TRUST);
        assertThat(TRUST.withConfirmed(LocalDate.EPOCH).withRequired(1, 0, 1)).isNotEqualTo(TRUST);
        assertThat(Trust.of("public", "{}")).isEqualTo(TRUST).hasSameHashCodeAs(TRUST);
    }

    @Test
    @DisplayName("each component of a need changes its key")
    void needs() throws ReflectiveOperationException {
        Signer one = Signer.keys("a", List.of(KEY));
        Signer other = one.trust().isPresent() ? one : ((KeySigner) one).withTrust(TRUST);
        SignatureNeed signatures = new SignatureNeed(List.of(one), Set.of("team"));
        Map<String, SignatureNeed> changed = changes(signatures, new SignatureNeed(List.of(other), Set.of("age")));
        assertThat(changed).hasSize(SignatureNeed.class.getRecordComponents().length);
        changed.forEach(
                (component, need) -> assertThat(need.key()).as(component).isNotEqualTo(signatures.key()));
        AttestationNeed attestations = new AttestationNeed("t", List.of(one), Set.of(new JsonPointer("/a")));
        Map<String, AttestationNeed> others = changes(
                attestations,
                new AttestationNeed(
                        "u", List.of(other), Set.of(new JsonPointer("/b")), Set.of(VexDocument.query()), true));
        assertThat(others).hasSize(AttestationNeed.class.getRecordComponents().length);
        others.forEach((component, need) -> assertThat(need.key()).as(component).isNotEqualTo(attestations.key()));
    }

    private static Map<String, Object> read(SignedBy signed) throws ReflectiveOperationException {
        Map<String, Object> values = new HashMap<>();
        for (Method method : SignedBy.class.getDeclaredMethods()) {
            boolean accessor = Modifier.isPublic(method.getModifiers()) && method.getParameterCount() == 0;
            if (accessor) {
                values.put(method.getName(), method.invoke(signed));
            }
        }
        return values;
    }

    @Test
    @DisplayName("each with-method of what verified changes its own values and keeps all others")
    void signedBy() throws ReflectiveOperationException {
        Signer release = Signer.keys("release", List.of(KEY));
        SignedBy whole = SignedBy.of(release, Signatory.key("k"), Digest.parse("sha256:" + "a".repeat(64)))
                .withKey("sha256:1")
                .withInterval(Instant.EPOCH, Instant.EPOCH.plusSeconds(1))
                .withIssued(Instant.EPOCH)
                .withAnnotations(Map.of("a", "b"))
                .withPredicate("t", Map.of(new JsonPointer("/a"), PredicateValue.text("b")))
                .withContent(VexDocument.query(), Fact.absent("none"));
        Map<Set<String>, Function<SignedBy, SignedBy>> changes = Map.of(
                Set.of("key"), signed -> signed.withKey("sha256:2"),
                Set.of("from"), signed -> signed.withInterval(Instant.MIN, Instant.EPOCH.plusSeconds(1)),
                Set.of("until"), signed -> signed.withInterval(Instant.EPOCH, Instant.MAX),
                Set.of("issued", "made"), signed -> signed.withIssued(Instant.MAX),
                Set.of("annotations"), signed -> signed.withAnnotations(Map.of()),
                Set.of("predicate"), signed -> signed.withPredicate("t", Map.of()),
                Set.of("toString"),
                        signed -> signed.withPredicate("u", Map.of(new JsonPointer("/a"), PredicateValue.text("b"))),
                Set.of("contents"), signed -> signed.withContent(VexDocument.query(), Fact.absent("other")),
                Set.of("unreadReason", "issued", "made", "predicate", "contents"),
                        signed -> signed.withUnread("unread"));
        Map<String, Object> before = read(whole);
        assertThat(before.keySet())
                .containsExactlyInAnyOrder(
                        "signer",
                        "signatory",
                        "key",
                        "digest",
                        "from",
                        "until",
                        "issued",
                        "annotations",
                        "predicate",
                        "contents",
                        "unreadReason",
                        "made",
                        "signerName",
                        "toString");
        for (Map.Entry<Set<String>, Function<SignedBy, SignedBy>> change : changes.entrySet()) {
            Map<String, Object> after = read(change.getValue().apply(whole));
            Set<String> changed = new HashSet<>();
            before.forEach((name, value) -> {
                if (!value.equals(after.get(name))) {
                    changed.add(name);
                }
            });
            assertThat(changed).isEqualTo(change.getKey());
        }
        Map<String, Object> renamed = read(SignatureFacts.of(List.of(whole))
                .withNamesOf(Map.of(whole.signer(), Signer.keys("renamed", List.of(KEY))))
                .verified()
                .get(0));
        assertThat(renamed.put("toString", whole.toString())).hasToString("t attested by renamed");
        assertThat(renamed.put("signerName", "release")).isEqualTo("renamed");
        assertThat(renamed).isEqualTo(before);
    }
}
