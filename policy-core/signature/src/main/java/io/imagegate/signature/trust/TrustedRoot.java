package io.imagegate.signature.trust;

import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** The keys and certificates that a sigstore instance is trusted by: a {@code trusted_root.json}. Immutable and thread-safe. */
public final class TrustedRoot {

    private static final int MOST = 100;
    private static final String TYPE = "application/vnd.dev.sigstore.trustedroot";

    private final List<TrustedLog> logs;
    private final List<TrustedLog> certificateLogs;
    private final List<TrustedAuthority> certificateAuthorities;
    private final List<TrustedAuthority> timestampAuthorities;

    private TrustedRoot(JsonObject root) {
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

    /** Reads a trusted root, the text of a {@code trusted_root.json}. */
    public static TrustedRoot read(String text) {
        return new TrustedRoot(JsonObject.read("the trusted root", text.getBytes(StandardCharsets.UTF_8)));
    }

    public List<TrustedLog> logs() {
        return logs;
    }

    public List<TrustedLog> certificateLogs() {
        return certificateLogs;
    }

    public List<TrustedAuthority> certificateAuthorities() {
        return certificateAuthorities;
    }

    public List<TrustedAuthority> timestampAuthorities() {
        return timestampAuthorities;
    }
}
