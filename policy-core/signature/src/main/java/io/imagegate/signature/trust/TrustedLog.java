package io.imagegate.signature.trust;

import io.imagegate.signature.crypto.VerificationKey;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.refusal.Refusal;
import java.net.URI;
import java.time.Instant;

/**
 * A log of a trusted root: of signatures or of certificates.
 *
 * @param id names the log in entries and timestamps
 * @param address of the log; empty if the root has none
 * @param key signs its promises and checkpoints
 * @param validity when it holds; never if it has no start
 */
public record TrustedLog(Bytes id, String address, VerificationKey key, Validity validity) {

    private static final int LONGEST_ID = 64;

    public static TrustedLog read(JsonObject log) {
        byte[] id = log.requiredObject("logId").requiredBytes("keyId");
        if (id.length < 4 || id.length > LONGEST_ID) {
            throw Refusal.format("logId has " + id.length + " bytes, expected 4 to " + LONGEST_ID);
        }
        JsonObject key = log.requiredObject("publicKey");
        byte[] bytes = key.requiredBytes("rawBytes");
        boolean rsaOnly = key.text("keyDetails").orElse("").startsWith("PKCS1_");
        return new TrustedLog(
                Bytes.of(id),
                log.text("baseUrl").orElse(""),
                rsaOnly
                        ? VerificationKey.readRsa("the log's key", bytes)
                        : VerificationKey.read("the log's key", bytes),
                Validity.read(key.object("validFor")));
    }

    public boolean holds(Instant time) {
        return validity.start().isPresent() && validity.holds(time);
    }

    /** {@return whether the log signs checkpoints under a name: its host, with or without the port} */
    public boolean signsAs(String name) {
        try {
            URI uri = URI.create(address);
            return address.isEmpty() || name.equals(uri.getHost()) || name.equals(uri.getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** {@return when it holds, for messages} */
    public String period() {
        return validity.start().isPresent() ? "it holds from " + validity : "it has no start in the trusted root";
    }

    public String name() {
        return address.isEmpty() ? id.toString() : address;
    }
}
