package io.imagegate.signature.crypto;

import io.imagegate.signature.encoding.Base64Text;
import java.util.Optional;

/**
 * What was signed.
 *
 * @param message the bytes over which the signature is
 * @param payload of an envelope; empty for other messages
 */
public record SignedMessage(MessageSource message, Optional<Base64Text> payload) {}
