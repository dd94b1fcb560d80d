package io.imagegate.server.tls;

import java.time.Instant;
import java.util.Optional;

/** Certificates in use by a server, and whether they serve their purpose at an instant. Sentences quote nothing of the files. */
public sealed interface UsableCertificates permits ServedChain, ClientAuthorities {

    /** {@return what they are, in lines of a probe} */
    String subject();

    /** {@return what they are, in metrics} */
    String label();

    /** {@return why they are of no use at an instant; empty if they are} */
    Optional<String> problem(Instant now);

    /** {@return what is wrong with some of them at an instant, though not with all} */
    Optional<String> warning(Instant now);

    /** {@return from when on they are of no use, because they have expired} */
    Instant expiry();

    /** {@return that they expire, and when} */
    String expirySentence();

    /** {@return their subjects and dates, for the log} */
    String description();
}
