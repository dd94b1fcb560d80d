package io.imagegate.signature;

import io.imagegate.signature.format.Content;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * What a verified signature is about. It keeps the bytes that were verified, for as long as it is kept itself.
 *
 * @since 0.1
 */
public final class SignedContent {

    /** The predicate type of statements that are signatures of cosign 3. */
    public static final String COSIGN_SIGN = Content.SIGNATURE;

    private final Content content;

    SignedContent(Content content) {
        this.content = content;
    }

    /**
     * {@return whether this is a signature of an image} Simple signing payloads, statements of the type
     * {@value #COSIGN_SIGN} and payloads of Notation are; attestations and signatures of files are not.
     */
    public boolean isImageSignature() {
        return content.isImageSignature();
    }

    /** {@return the type of the statement; empty if something else was signed} */
    public Optional<String> predicateType() {
        return content.predicateType();
    }

    /** {@return the signed annotations that are texts} */
    public Map<String, String> annotations() {
        return content.annotations();
    }

    /**
     * {@return the predicate of the statement as JSON in UTF-8; empty if it has none} Names in it come once, and it is nested
     * at most 64 deep. Each call reads it anew.
     */
    public InputStream openPredicate() {
        return content.openPredicate();
    }

    /** {@return type and annotations, for logs and debuggers} */
    @Override
    public String toString() {
        return content.predicateType().orElse(content.kind()) + " " + content.annotations();
    }
}
