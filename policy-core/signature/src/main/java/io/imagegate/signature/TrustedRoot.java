package io.imagegate.signature;

import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.trust.TrustedAuthority;
import io.imagegate.signature.trust.TrustedLog;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys and certificates that a sigstore instance is trusted by: a {@code trusted_root.json}. Two are equal if their
 * files have the same bytes. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class TrustedRoot {

    private static final int MOST = 100;
    private static final String TYPE = "application/vnd.dev.sigstore.trustedroot";

    private final byte[] file;
    private final List<TrustedLog> logs;
    private final List<TrustedLog> certificateLogs;
    private final List<TrustedAuthority> certificateAuthorities;
    private final List<TrustedAuthority> timestampAuthorities;

    private TrustedRoot(byte[] file, JsonObject root) {
        this.file = file;
        String type = root.requiredText("mediaType");
        if (!type.startsWith(TYPE)) {
            throw Refusal.format("mediaType: expected " + TYPE + "+json;version=0.1, got " + Refusal.shown(type));
        }
        logs = all(root, "tlogs", TrustedLog::read);
        certificateLogs = all(root, "ctlogs", TrustedLog::read);
        certificateAuthorities = all(root, "certificateAuthorities", TrustedAuthority::read);
        timestampAuthorities = all(root, "timestampAuthorities", TrustedAuthority::read);
    }

    private static <T> List<T> all(JsonObject root, String name, Function<JsonObject, T> reader) {
        return root.objects(name, MOST).stream().map(reader).toList();
    }

    /**
     * Reads a trusted root.
     *
     * @param file the bytes of a {@code trusted_root.json}
     * @return the trusted root
     * @throws IllegalArgumentException if it is not one; the message says what is wrong
     */
    public static TrustedRoot read(byte[] file) {
        byte[] copy = file.clone();
        try {
            return new TrustedRoot(copy, JsonObject.read("the trusted root", copy));
        } catch (Refusal e) {
            throw new IllegalArgumentException(e.message(), e);
        }
    }

    List<TrustedLog> logs() {
        return logs;
    }

    List<TrustedLog> certificateLogs() {
        return certificateLogs;
    }

    List<TrustedAuthority> certificateAuthorities() {
        return certificateAuthorities;
    }

    List<TrustedAuthority> timestampAuthorities() {
        return timestampAuthorities;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TrustedRoot root && Arrays.equals(file, root.file);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(file);
    }

    /** {@return how many logs and authorities it has, for logs and debuggers} */
    @Override
    public String toString() {
        return "trusted root of " + logs.size() + " logs, " + certificateLogs.size() + " certificate logs, "
                + certificateAuthorities.size() + " certificate authorities, " + timestampAuthorities.size()
                + " timestamp authorities, file hash " + HexFormat.of().toHexDigits(hashCode());
    }
}
