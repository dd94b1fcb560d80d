package io.imagegate.console;

import java.time.Instant;

/**
 * Certificate that a server uses.
 *
 * @param use what it is for, such as {@code server}
 * @param subject the subject
 * @param notAfter when it expires
 */
public record CertificateState(String use, String subject, Instant notAfter) {}
