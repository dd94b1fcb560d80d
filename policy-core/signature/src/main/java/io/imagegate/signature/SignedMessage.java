package io.imagegate.signature;

import java.util.Optional;

/**
 * What was signed.
 *
 * @param message the bytes over which the signature is
 * @param payload of an envelope; empty for other messages
 */
record SignedMessage(MessageSource message, Optional<Base64Text> payload) {}
