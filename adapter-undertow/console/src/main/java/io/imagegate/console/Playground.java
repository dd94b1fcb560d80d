package io.imagegate.console;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.document.TrustCheck;
import io.imagegate.time.TimeSource;
import java.time.Duration;
import java.util.List;

/**
 * Judges policies that are typed in a browser. What it is given can name no file and no class: policies and facts are texts, what
 * is asked is a stream, and neither rules nor formats of others are used. Thread-safe.
 */
public final class Playground {

    /** The most bytes of a request: those of a review. */
    static final int MOST_BYTES = 8 << 20;

    /** How long loading the policies may take, and decisions, where it is looked at between images. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final PolicyDocuments documents;
    private final TimeSource clock;
    private final Duration limit;

    /**
     * Makes a playground that accepts signers, because facts say who signed.
     *
     * @param trust checks the trusted roots of policies
     */
    public Playground(TrustCheck trust) {
        this(trust, TimeSource.system(), LIMIT);
    }

    /** Makes a playground for tests. */
    Playground(TrustCheck trust, TimeSource clock, Duration limit) {
        this.documents = new PolicyDocuments().withFactories(List.of()).withSignatures(trust);
        this.clock = clock;
        this.limit = limit;
    }

    /** {@return the names of the formats that what is asked can have, in JSON} */
    static byte[] inputs() {
        return Json.bytes(json -> Json.texts(json, "inputs", AskedTexts.INPUTS));
    }

    /**
     * Judges what was typed.
     *
     * @param json the request
     * @return the answer, in JSON
     * @throws IllegalArgumentException if the request is none, with a sentence that says why
     */
    public byte[] judge(byte[] json) {
        JudgeRequest request = JudgeRequest.read(json);
        return new Judgement(request, documents, clock, limit).write();
    }
}
