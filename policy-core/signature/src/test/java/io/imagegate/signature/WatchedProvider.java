package io.imagegate.signature;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A provider with one signature algorithm, which another provider makes, and what was asked of it. */
final class WatchedProvider extends Provider {

    private static final long serialVersionUID = 1L;

    final transient List<String> used = new CopyOnWriteArrayList<>();

    WatchedProvider() {
        super("Watched", "1", "for tests");
        putService(new Service(this, "Signature", "SHA256withECDSA", "none", List.of(), Map.of()) {
            @Override
            public Object newInstance(Object parameter) {
                used.add(getType() + " " + getAlgorithm());
                return new DelegatingSignature(installed());
            }
        });
    }

    private static Signature installed() {
        try {
            return Signature.getInstance("SHA256withECDSA");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
