package io.imagegate.signature;

import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFault;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the verification of one signature found. Only {@link Verified} lets anything count.
 *
 * @since 0.1
 */
public sealed interface Verdict {

    /**
     * The signature counts for the signer.
     *
     * @param signatory who signed
     * @param content what was signed
     * @param times proven times at which the signature existed, in ascending order
     * @param issued when the certificate was issued, if it lives at most 24 hours: the signature is not older
     * @param until last instant at which it counts: the end of its key or certificates; empty if it has none, or a time is
     *     proven
     * @param entries the verified entries of transparency logs
     * @param key {@code sha256:} and the hash of the public key that made the signature, in hexadecimal
     */
    record Verified(
            Signatory signatory,
            SignedContent content,
            List<Instant> times,
            Optional<Instant> issued,
            Optional<Instant> until,
            List<LogRecord> entries,
            String key)
            implements Verdict {

        /**
         * Copies the lists.
         *
         * @param signatory who signed
         * @param content what was signed
         * @param times proven times
         * @param issued when the certificate was issued
         * @param until last instant at which it counts
         * @param entries verified entries of logs
         * @param key hash of the public key
         */
        public Verified {
            Objects.requireNonNull(signatory, "signatory");
            Objects.requireNonNull(content, "content");
            Objects.requireNonNull(issued, "issued");
            Objects.requireNonNull(until, "until");
            times = List.copyOf(times);
            entries = List.copyOf(entries);
            Objects.requireNonNull(key, "key");
        }
    }

    /**
     * The signature does not count.
     *
     * @param fault what is wrong, for machines
     * @param message what was wanted and what was found, in printable ASCII
     * @param unread what the signer signed nevertheless
     */
    record Violated(SignatureFault fault, String message, Optional<Unread> unread) implements Verdict {

        /**
         * Refuses missing parts.
         *
         * @param fault what is wrong
         * @param message what was wanted and what was found
         * @param unread what the signer signed nevertheless
         */
        public Violated {
            Objects.requireNonNull(fault, "fault");
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(unread, "unread");
        }

        /**
         * Makes one of a signature that the signer did not make, or that is about something else.
         *
         * @param fault what is wrong
         * @param message what was wanted and what was found
         */
        public Violated(SignatureFault fault, String message) {
            this(fault, message, Optional.empty());
        }
    }

    /**
     * Whether the signature counts cannot be told.
     *
     * @param message why, in printable ASCII
     * @param unread what the signer signed nevertheless
     */
    record Undecidable(String message, Optional<Unread> unread) implements Verdict {

        /**
         * Refuses missing parts.
         *
         * @param message why
         * @param unread what the signer signed nevertheless
         */
        public Undecidable {
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(unread, "unread");
        }

        /**
         * Makes one of a signature of which nobody can tell who made it.
         *
         * @param message why
         */
        public Undecidable(String message) {
            this(message, Optional.empty());
        }
    }

    /**
     * What the signer signed, about this artifact or about something that cannot be told, and what cannot be read. Where the newest
     * statement decides, it may be the newest.
     *
     * @param signatory who signed
     * @param until last instant at which the signature counts; empty if it has none, or a time is proven
     * @param predicateType type of the statement; empty if it cannot be read either
     * @param reason why it cannot be read, in printable ASCII
     */
    record Unread(Signatory signatory, Optional<Instant> until, Optional<String> predicateType, String reason) {

        /**
         * Refuses missing parts.
         *
         * @param signatory who signed
         * @param until last instant at which the signature counts
         * @param predicateType type of the statement
         * @param reason why it cannot be read
         */
        public Unread {
            Objects.requireNonNull(signatory, "signatory");
            Objects.requireNonNull(until, "until");
            Objects.requireNonNull(predicateType, "predicateType");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** {@return what the signer signed although the signature does not count, because its content cannot be read} */
    default Optional<Unread> unread() {
        return Optional.empty();
    }
}
