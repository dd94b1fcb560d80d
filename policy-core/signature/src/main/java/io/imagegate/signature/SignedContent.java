package io.imagegate.signature;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a verified signature is about. It keeps the bytes that were verified, for as long as it is kept itself.
 *
 * @since 0.1
 */
public final class SignedContent {

    /** The predicate type of statements that are signatures of cosign 3. */
    public static final String COSIGN_SIGN = "https://sigstore.dev/cosign/sign/v1";

    private final Optional<String> predicateType;
    private final Map<String, String> annotations;
    private final boolean simpleSigning;
    private final @Nullable Predicate predicate;

    /** Where a predicate is in a payload. */
    record Predicate(Base64Text payload, long start, long end) {}

    private SignedContent(
            Optional<String> predicateType,
            Map<String, String> annotations,
            boolean simpleSigning,
            @Nullable Predicate predicate) {
        this.predicateType = predicateType;
        this.annotations = Map.copyOf(annotations);
        this.simpleSigning = simpleSigning;
        this.predicate = predicate;
    }

    static SignedContent simpleSigning(Map<String, String> annotations) {
        return new SignedContent(Optional.empty(), annotations, true, null);
    }

    static SignedContent statement(
            String predicateType, Map<String, String> annotations, @Nullable Predicate predicate) {
        return new SignedContent(Optional.of(predicateType), annotations, false, predicate);
    }

    /** {@return content that is the artifact itself} */
    static SignedContent artifact() {
        return new SignedContent(Optional.empty(), Map.of(), false, null);
    }

    /**
     * {@return whether this is a signature of an image} Simple signing payloads and statements of the type
     * {@value #COSIGN_SIGN} are; attestations and signatures of files are not.
     */
    public boolean isImageSignature() {
        return simpleSigning || predicateType.filter(COSIGN_SIGN::equals).isPresent();
    }

    /** {@return the type of the statement; empty if a payload of simple signing or a file was signed} */
    public Optional<String> predicateType() {
        return predicateType;
    }

    /** {@return the signed annotations that are texts} */
    public Map<String, String> annotations() {
        return annotations;
    }

    /**
     * {@return the predicate of the statement as JSON in UTF-8; empty if it has none} Names in it come once, and it is nested
     * at most 64 deep. Each call reads it anew.
     */
    public InputStream openPredicate() {
        return predicate == null
                ? new ByteArrayInputStream(new byte[0])
                : new RangeInputStream(predicate.payload().open(), predicate.start(), predicate.end());
    }

    /** {@return type and annotations, for logs and debuggers} */
    @Override
    public String toString() {
        return predicateType.orElse(simpleSigning ? "simple signing" : "artifact") + " " + annotations;
    }
}
